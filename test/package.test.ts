import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** What goes to the registry, built by the test command before the tests run. */

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const { dependencies, peerDependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe.skipIf(!existsSync(dist))("the package (skipped without dist/: npm run build makes it)", () => {
  const licences = () => readFileSync(join(dist, "LICENSES.md"), "utf8").split(/^## /m).slice(1);
  const bundled = () => licences().map((text) => text.slice(0, text.indexOf(" ")));

  test("installs what the bundle loads from packages, and nothing that it holds", () => {
    const code = readdirSync(dist)
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(dist, name), "utf8"));
    const named = code.flatMap((text) =>
      [...text.matchAll(/(?:from|import|\()\s*["'`]([@\w][\w./@-]*)["'`]/g)].map(([, name = ""]) => name),
    );
    const [known, held] = [new Set(Object.keys({ ...dependencies, ...devDependencies })), new Set(bundled())];
    // One that the bundle holds is asked for beside it by another that can do without.
    const loaded = new Set(named.filter((name) => known.has(name) && !isBuiltin(name) && !held.has(name)));
    expect([...loaded].sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
  });

  test("brings the pages that its messages name", () => {
    const packed = execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: root, encoding: "utf8" });
    const paths = Object.values(JSON.parse(packed) as Record<string, { files: { path: string }[] }>).flatMap(({ files }) =>
      files.map(({ path }) => path),
    );
    const named = readdirSync(dist)
      .filter((name) => name.endsWith(".js"))
      .flatMap((name) => readFileSync(join(dist, name), "utf8").match(/docs\/[\w/-]+\.md(?= of overpace)/g) ?? []);
    expect(named).toContain("docs/config.md");
    expect(paths).toEqual(expect.arrayContaining([...new Set(named)]));
  });

  test("holds the licence of each package whose code it bundles", () => {
    expect(bundled()).toEqual(expect.arrayContaining(["zod", "yaml", "gray-matter", "date-fns", "@octokit/rest"]));
    for (const text of licences())
      expect(text).toMatch(/^\S+ \d+\.\d+\.\d+ \([^)]+\)\n\n[^]*(?:Permission is hereby granted|Permission to use|Apache License)/);
  });
});
