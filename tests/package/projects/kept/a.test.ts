import { suite } from "./suite.ts";

suite("first", "first");
