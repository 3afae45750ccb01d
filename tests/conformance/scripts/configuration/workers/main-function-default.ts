export default function fetch(): Response {
  return new Response("a function");
}
