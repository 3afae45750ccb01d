import { suite } from "./suite.ts";

suite("grüße 👋", "second");
