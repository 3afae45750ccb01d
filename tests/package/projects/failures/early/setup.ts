import "./stage.ts";
