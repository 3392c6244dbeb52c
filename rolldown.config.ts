import { defineConfig } from "rolldown";

/**
 * The bundle for release: a few files in `dist/`, of which a command loads what it needs. DuckDB's library cannot go into it and is
 * loaded from its package, only when a file source reads; esprima belongs to an engine of front matter that is switched off, and
 * js-yaml does without it.
 */
export default defineConfig({
  input: "src/cli.ts",
  platform: "node",
  external: ["@duckdb/node-api", "esprima"],
  output: { dir: "dist", format: "esm", chunkFileNames: "[name].js", minify: true, cleanDir: true },
  checks: { eval: false },
});
