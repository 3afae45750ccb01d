export default {
  fetch(_: Request, env: { form: string }): Response {
    return new Response(`an ${env.form}`);
  },
};
