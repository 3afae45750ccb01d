// Reading a member over RPC as a step. The member is named by a key, so that each read has a shape of its own.

/** `await call("read.member value", read, [stub, { value: 1 }])` awaits `stub.value`. */
export const read = {
  member: (target: object, name: object): unknown =>
    Reflect.get(target, Object.keys(name)[0] ?? ""),
};
