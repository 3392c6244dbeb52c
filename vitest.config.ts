import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const report = process.env["OVERPACE_TEST_REPORT"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // One less than the cores is the default: on two cores the tests would run one after the other.
    maxWorkers: availableParallelism(),
    // What tests start must not write into the home of whoever runs them.
    env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    reporters: report ? ["default", "json"] : ["default"],
    ...(report ? { outputFile: { json: report } } : {}),
  },
});
