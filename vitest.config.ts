import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests of functions without any state: many files share a worker. Those that count steps (test/steps) need one of their own. */
const pure = ["test/core/**/*.test.ts", "test/document/**/*.test.ts", "test/rules/**/*.test.ts"];
const report = process.env["OVERPACE_TEST_REPORT"];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "whole", include: ["test/**/*.test.ts"], exclude: pure } },
    ],
    testTimeout: 60_000,
    // One less than the cores is the default: on two cores the tests would run one after the other.
    maxWorkers: availableParallelism(),
    // What tests start must not write into the home of whoever runs them.
    env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    reporters: report ? ["default", "json"] : ["default"],
    ...(report ? { outputFile: { json: report } } : {}),
  },
});
