import { defineConfig } from "rolldown";

/** One file for release; DuckDB's library cannot go into it and is loaded from its package, only when a file source reads. */
export default defineConfig({
  input: "src/cli.ts",
  platform: "node",
  external: ["@duckdb/node-api"],
  output: { file: "dist/cli.js", format: "esm", codeSplitting: false, minify: true },
});
