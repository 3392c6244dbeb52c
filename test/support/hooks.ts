import { afterAll, afterEach } from "vitest";
import { endFile, endTest } from "./afterwards.ts";

/** Run for every test file (vitest.config.ts). */
afterEach(endTest);
afterAll(endFile);
