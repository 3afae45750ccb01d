import { suite } from "./suite.ts";

suite("second", "first");
