import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, defineConfig } from "rolldown";

/** The folder of the package that a file of `node_modules` belongs to; null for a file of our own. */
function packageOf(file: string): string | null {
  if (!file.includes("/node_modules/")) return null;
  let folder = dirname(file);
  // A folder within a package may hold a package.json that only says how its modules are meant.
  while (!existsSync(join(folder, "package.json")) || manifestOf(folder).version === undefined) folder = dirname(folder);
  return folder;
}

function manifestOf(folder: string): { readonly name: string; readonly version?: string; readonly license?: string } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** Name, version and licence of a package, with the text that it ships; the licences of all ask for it to go along. */
function licenceOf(folder: string): string {
  const { name, version, license } = manifestOf(folder);
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice)(?:[.-]|$)/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  return [`## ${name} ${version} (${license})`, ...texts].join("\n\n");
}

/** Writes the licences of the packages whose code the bundle holds beside it. */
const licences: Plugin = {
  name: "licences of others",
  generateBundle(_, bundle) {
    const files = Object.values(bundle).flatMap((output) => (output.type === "chunk" ? output.moduleIds : []));
    const folders = [...new Set(files.map(packageOf))].filter((folder) => folder !== null).sort();
    const source = `# Code of others in this bundle\n\n${folders.map(licenceOf).join("\n\n")}\n`;
    this.emitFile({ type: "asset", fileName: "LICENSES.md", source });
  },
};

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
    licences,
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
