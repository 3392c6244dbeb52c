import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { folderWith, overpace } from "../support/world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = [
  "README.md",
  "docs/config.md",
  "docs/github.md",
  "docs/objects.md",
  ...readdirSync(join(root, "docs/sources")).map((name) => `docs/sources/${name}`),
];

const owners = "owners: { engineering: { login: octocat }, product: { login: hubot } }\n";
const sources = "sources: [{ type: focus, path: costs/*.csv }]\n";
/** Keys by which a file of `config/` is known; those of a review or a workflow are in none. */
const files = {
  "overpace.yaml": ["owners", "sources", "events", "ignore", "metrics", "candidates", "changes", "aliases", "forge"],
  "plan.yaml": ["months"],
  "allocation.yaml": ["rules"],
  "prices.yaml": ["prices", "factors"],
};

interface Example {
  readonly name: string;
  readonly text: string;
}

function fileOf(text: string): string | undefined {
  const value: unknown = parse(text);
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return Object.entries(files).find(([, own]) => own.some((key) => keys.includes(key)))?.[0];
}

const examples = pages.flatMap((page) =>
  [...readFileSync(join(root, page), "utf8").matchAll(/^( *)```yaml\n([^]*?)^ *```/gm)].flatMap(
    ([, indent = "", block = ""]): Example[] => {
      const text = block.replace(new RegExp(`^${indent}`, "gm"), "");
      const name = fileOf(text);
      return name === undefined ? [] : [{ name: `${page}: ${name}, ${text.split("\n")[0]}`, text }];
    },
  ),
);

it.each(examples)("$name is taken as it is printed", async ({ text }) => {
  const name = fileOf(text) ?? "";
  const isWhole = (key: string) => new RegExp(`^${key}:`, "m").test(text);
  const completed = name === "overpace.yaml" ? `${isWhole("owners") ? "" : owners}${text}\n${isWhole("sources") ? "" : sources}` : text;
  const folder = folderWith({ "config/overpace.yaml": `${owners}${sources}`, [`config/${name}`]: completed });
  const { code, err } = await overpace(folder, ["analyze", "--no-fetch", "--as-of", "2026-11-23"]);
  expect({ code, err }).toEqual({ code: 3, err: expect.stringMatching(/^error: there is no charge before 2026-11-23\n/) });
});

it("there are examples of every file", () => {
  expect(new Set(examples.map(({ text }) => fileOf(text)))).toEqual(new Set(Object.keys(files)));
  expect(examples.length).toBeGreaterThan(25);
});
