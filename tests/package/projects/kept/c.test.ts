import { suite } from "./suite.ts";

suite("second", "grüße 👋");
