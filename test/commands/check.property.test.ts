import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { fixReview } from "../../src/document/fix/fix.ts";
import { checkReview } from "../../src/rules/check.ts";
import { formats as loads } from "../../src/rules/formats/index.ts";
import { propertyTime } from "../document/support.ts";
import { goldenOf } from "../scenarios/scenario.ts";
import { runs } from "../support/properties.ts";
import { folderWith, overpace } from "../support/world.ts";

const formats = await Promise.all(Object.values(loads).map((load) => load()));

/** No input makes `check` throw: whatever stands in a file, it says what it found. */

const path = "reviews/2026/2026-W47.md";
const sound = ["escalate", "sprints-and-allocation", "hostile-names"].map((name) => goldenOf(name).review);

const fragment = fc.oneof(
  fc.constantFrom(
    "---",
    "---\n",
    "--- js\n",
    "...\n",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\uFEFF",
    "\u2028",
    "\t",
    " ".repeat(40),
    "```\n",
    "~~~\n",
    "- ```\n",
    "    ",
    "<!--",
    "-->",
    "<!-- overpace:summary -->\n",
    "<!-- /overpace:delta -->\n",
    "<!-- overpace:delta openai/inference -->\n",
    "<!-- overpace:",
    "- **Why:** x\n",
    "- **Expected:** Yes.\n",
    "- **Decision:** Leave as is\n",
    "**",
    "$1,234.56",
    "20 %",
    "::error::x\n",
    "##[error]",
    "[",
    "]",
    "{",
    "}",
    "[[[[",
    ": ",
    "? ",
    "- ",
    "& ",
    "*a ",
    "&a ",
    "!",
    "!!str ",
    "|\n",
    ">-\n",
    '"',
    "'",
    "# ",
    "%YAML 1.1\n",
    "@",
    "`",
    ",",
    "due: Friday\n",
    "    due: this sprint\n",
    "owner: @octocat\n",
    "    owner: octocat\n",
    "state: held\n",
    "__proto__: { a: 1 }\n",
    "constructor: 1\n",
    "actions:\n",
    "actions: 5\n",
    "figures: {}\n",
    "period: { start: 2026-11-16, end: 9999-12-31 }\n",
    "next: 0000-01-01\n",
    "zones: []\n",
    "null",
    "~",
    "1e999",
    ".nan",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const mutation = fc.record({ at: fc.nat(), remove: fc.oneof(fc.nat(5), fc.nat(400)), insert: fc.oneof(fc.constant(""), fragment) });

/** A sound review of which stretches were removed, replaced or added, most of them near its front matter. */
const damaged = fc
  .record({ text: fc.constantFrom(...sound), near: fc.boolean(), mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }) })
  .map(({ text, near, mutations }) =>
    mutations.reduce((now, { at, remove, insert }) => {
      const start = at % ((near ? Math.min(now.length, 1_500) : now.length) + 1);
      return now.slice(0, start) + insert + now.slice(start + remove);
    }, text),
  );
const anything = fc.oneof(
  { weight: 6, arbitrary: damaged },
  { weight: 1, arbitrary: fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.array(fragment, { maxLength: 40 }).map((parts) => `---\n${parts.join("")}\n---\n`) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 400 }) },
);

describe("no input makes check throw", () => {
  it(
    "the pure part: findings with places, all formats, mending twice",
    () => {
      fc.assert(
        fc.property(anything, (text) => {
          const findings = checkReview(text, path);
          const lines = text.split("\n").length;
          for (const { line, column, message, remedy } of findings) {
            expect(line >= 1 && line <= lines + 1 && column >= 1).toBe(true);
            expect(message !== "" && remedy !== "").toBe(true);
          }
          for (const format of formats) expect(format([{ file: path, text, findings }]).endsWith("\n")).toBe(true);
          const fixed = fixReview(text, path, { sprint: { start: "2026-11-16", weeks: 2 }, held: true });
          expect(fixReview(fixed.text, path, { sprint: { start: "2026-11-16", weeks: 2 }, held: true }).text).toBe(fixed.text);
        }),
        runs(300),
      );
    },
    propertyTime,
  );

  it(
    "the command, on bytes too",
    async () => {
      const folder = folderWith({ [path]: "" });
      const bytes = fc.oneof(
        { weight: 3, arbitrary: anything.map((text) => Buffer.from(text)) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)) },
        {
          weight: 1,
          arbitrary: fc.tuple(damaged, fc.uint8Array({ maxLength: 5 })).map(([text, array]) => Buffer.concat([Buffer.from(text), array])),
        },
      );
      await fc.assert(
        fc.asyncProperty(bytes, fc.constantFrom([], ["--fix"]), async (content, more) => {
          writeFileSync(join(folder, path), content);
          const { code, out } = await overpace(folder, ["check", "--json", ...more]);
          const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: Finding[] };
          expect(code).toBe(ok ? 0 : 1);
          expect(ok).toBe(findings.every(({ severity }) => severity === "warning"));
        }),
        runs(100),
      );
    },
    propertyTime,
  );
});
