/** `Cloudflare.compatibilityFlags`. */
export function flagsOf(scope: object): Record<string, boolean> {
  return (Reflect.get(scope, "Cloudflare") as { compatibilityFlags: Record<string, boolean> })
    .compatibilityFlags;
}
