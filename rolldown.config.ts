import { fileURLToPath } from "node:url";
import { defineConfig } from "rolldown";

/**
 * The bundle for release: files in `dist/`, of which a command loads the few that it needs. DuckDB's library cannot go into it and is
 * loaded from its package, only when a file source reads; nor do the clients of clouds, which whoever needs them installs. gray-matter comes without its own engines (js-yaml, and one that evaluates
 * code): overpace hands it an engine of its own and refuses the others.
 *
 * Each file costs a start more than a few kilobytes do: what reads the front matter of a review is one, what judges the rest another.
 */
export default defineConfig({
  input: "src/cli.ts",
  platform: "node",
  external: [
    "@duckdb/node-api",
    "@aws-sdk/client-s3",
    "@aws-sdk/credential-providers",
    "@azure/identity",
    "@azure/storage-blob",
    "google-auth-library",
  ],
  resolve: { alias: { yaml: fileURLToPath(new URL("browser/dist/index.js", import.meta.resolve("yaml/package.json"))) } },
  plugins: [
    {
      name: "gray-matter without engines",
      load: { filter: { id: /gray-matter\/lib\/engines\.js$/ }, handler: () => "module.exports = {};" },
    },
  ],
  output: {
    dir: "dist",
    format: "esm",
    chunkFileNames: "[name].js",
    minify: true,
    cleanDir: true,
    codeSplitting: {
      groups: [
        { name: "run", test: /src\/(run|forges\/index)\.ts$/, priority: 3 },
        { name: "check", test: /src\/(commands\/check|rules\/formats\/text)\.ts$/, priority: 2 },
        { name: "judge", test: /src\/commands\/check\/judge\.ts$/, priority: 1 },
      ],
    },
  },
});
