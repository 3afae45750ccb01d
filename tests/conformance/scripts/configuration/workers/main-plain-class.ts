export default class {
  fetch(): Response {
    return new Response("a class that extends nothing");
  }
}
