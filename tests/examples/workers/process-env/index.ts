export default {
  fetch(): Response {
    return Response.json([process.env.GREETING, process.env.LIMITS]);
  },
};
