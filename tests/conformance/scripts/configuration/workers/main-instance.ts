class Handlers {
  readonly #name = "an instance";

  fetch(): Response {
    return new Response(this.#name);
  }
}

export default new Handlers();
