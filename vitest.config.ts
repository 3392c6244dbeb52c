import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests of functions without any state: many files share a worker. */
const pure = ["test/core/**/*.test.ts", "test/document/**/*.test.ts", "test/rules/**/*.test.ts"];
/**
 * Runs of the whole program in folders, and against servers, of their own: they share workers, too. Sources that are told apart by the environment,
 * which a worker has one of, do not.
 */
const runs = ["commands", "forges", "metrics", "scenarios", "stories", "support/github", "sources/!(objects|aws-cost-explorer)"].map(
  (name) => `test/${name}/**/*.test.ts`,
);
const report = process.env["OVERPACE_TEST_REPORT"];

export default defineConfig({
  test: {
    setupFiles: ["test/support/hooks.ts"],
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "runs", include: runs, isolate: false } },
      // Those that count steps (test/steps) or look at a whole process need a worker of their own.
      { extends: true, test: { name: "own", include: ["test/**/*.test.ts"], exclude: [...pure, ...runs] } },
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
