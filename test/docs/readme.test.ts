import { cpSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { folderWith, overpace } from "../support/world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = (...parts: string[]) => readFileSync(join(...parts), "utf8");
const start = (JSON.parse(text(root, "package.json")) as { scripts: { start: string } }).scripts.start;

it("npm start writes the week after the project's own reviews, as the README shows it", async () => {
  const folder = folderWith();
  cpSync(join(root, "config"), join(folder, "config"), { recursive: true });
  cpSync(join(root, "reviews"), join(folder, "reviews"), { recursive: true, filter: (path) => !path.includes("2026-W47") });
  const words = start.replace("node src/cli.ts ", "").split(" ");
  const { code, out, err } = await overpace(folder, words);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const readme = text(root, "README.md");
  expect(readme).toContain(out);
  const review = text(folder, "reviews/2026/2026-W47.md");
  const summary = review.slice(review.indexOf("# Weekly AI cost review"), review.indexOf("\n\n![Daily cost"));
  expect(readme).toContain(
    summary
      .split("\n")
      .map((line) => `> ${line}`.trimEnd())
      .join("\n"),
  );
});

it("the review date of npm start is the day after the sample's last day", () => {
  const days = readdirSync(join(root, "config/sample/costs"))
    .flatMap((name) => text(root, "config/sample/costs", name).split("\n").slice(1))
    .filter((line) => line.includes(",Usage,"))
    .map((line) => /,(\d{4}-\d{2}-\d{2})T00:00:00Z,(\d{4}-\d{2}-\d{2})T00:00:00Z,Usage,/.exec(line)?.[2] ?? "");
  expect(days.toSorted().at(-1)).toBe(start.split(" ").at(-1));
});
