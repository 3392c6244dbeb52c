import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The keys of an object and of all that is in it. What a possible saving rests on is of many kinds. */
function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, part]) => [key, ...(key === "evidence" ? [] : keysIn(part))]);
}

it("docs/json.md names every key of analyze --json that golden weeks have", () => {
  const page = readFileSync(join(root, "docs/json.md"), "utf8");
  const goldens = globSync("test/scenarios/*/expected/figures.json", { cwd: root });
  expect(goldens.length).toBeGreaterThan(20);
  const keys = new Set(goldens.flatMap((file) => keysIn(JSON.parse(readFileSync(join(root, file), "utf8")))));
  expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(page))).toEqual([]);
});
