// A further worker that plays scenes.

import { type SceneContext, Stage } from "../support/scene.ts";

const stage = new Stage();

export default {
  fetch: (request: Request, _: unknown, ctx: SceneContext): Promise<Response> =>
    stage.answer(request, ctx),
};
