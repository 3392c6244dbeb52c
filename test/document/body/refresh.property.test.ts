import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Problem } from "../../../src/core/problem.ts";
import { assembleBody } from "../../../src/document/body/assemble.ts";
import type { Section } from "../../../src/document/body/model.ts";
import { refreshBody } from "../../../src/document/body/refresh.ts";
import { hashesOf } from "../../../src/document/body/zone.ts";
import { spliceKey } from "../../../src/document/front-matter/edit.ts";
import { splitDocument } from "../../../src/document/front-matter/split.ts";
import { editFriendly, editHostile, editWhole, friendlyEdits, hostileEdits, promptsOf, reviews, wholeEdits } from "../human-edits.ts";
import { type Cut, cutZones, tokensOf } from "../oracle.ts";
import { problemOf, propertyTime, runs } from "../support.ts";

const refresh = (body: string, sections: readonly Section[], written: Record<string, string>) =>
  refreshBody({ body, file: "r.md", firstLine: 1, sections, written, promptsOf: (...zone) => [promptsOf(...zone)] });
const hashes = (body: string) => hashesOf(body, "r.md", 1);
const bare = (text: string) => text.replace(/\s/g, "");

function wantedTexts(sections: readonly Section[]): Map<string, string> {
  return new Map(
    sections.flatMap(({ name, head, items, end }): [string, string][] => [
      ...(head === null ? [] : [[head.name, head.text] as [string, string]]),
      ...items.map(({ zone }): [string, string] => [`${zone.name} ${zone.id}`, zone.text]),
      ...(end === null ? [] : [[`end ${name}`, end] as [string, string]]),
    ]),
  );
}

/** What stands behind an item that is taken out: all but its prompts, their line break and one blank line. */
function leftOver(behind: string): string {
  const lines = behind.slice(behind.trimEnd().length).split("\n").slice(1);
  return (lines.length > 1 ? lines.slice(1) : [""]).join("\n");
}

/** The text outside of zones that a refresh must leave, worked out from the input alone. */
function expectedOutside(before: Cut, wanted: ReadonlyMap<string, string>): { text: string; kept: string[] } {
  let text = before.outside[0] ?? "";
  const kept: string[] = [];
  before.zones.forEach(({ key }, index) => {
    const behind = before.outside[index + 1] ?? "";
    const [name = "", id] = key.split(" ");
    if (!wanted.has(key) && bare(behind) === bare(promptsOf(name, id))) {
      text += leftOver(behind);
      return;
    }
    kept.push(key);
    text += behind;
  });
  return { text, kept };
}

function checkRefreshed(input: string, output: string, sections: readonly Section[]): void {
  const wanted = wantedTexts(sections);
  const [before, after] = [cutZones(input), cutZones(output)];
  const { text, kept } = expectedOutside(before, wanted);
  expect(tokensOf(output)).toEqual(tokensOf(input));
  const known = new Set(kept);
  expect(after.zones.filter(({ key }) => known.has(key)).map(({ key }) => key)).toEqual(kept);
  expect(new Set(after.zones.map(({ key }) => key))).toEqual(new Set([...kept, ...wanted.keys()]));
  let outside = after.outside[0] ?? "";
  after.zones.forEach(({ key, text: zoneText }, index) => {
    const behind = after.outside[index + 1] ?? "";
    const [name = "", id] = key.split(" ");
    if (wanted.has(key)) expect(zoneText).toBe(wanted.get(key));
    else expect(zoneText).toMatch(/^#+ [^\n]*[^\n ] · no longer listed\n\n[^\n]+$/);
    if (known.has(key)) outside += behind;
    else expect(behind.replaceAll("\r\n", "\n")).toBe(`\n${promptsOf(name, id)}${promptsOf(name, id) === "" ? "\n" : "\n\n"}`);
  });
  expect(outside).toBe(text);
  expect(refresh(output, sections, hashes(output))).toBe(output);
}

describe("refresh under random edits", () => {
  it(
    "keeps every byte of people who stay outside of zones, week after week",
    () => {
      fc.assert(
        fc.property(reviews, reviews, reviews, friendlyEdits, wholeEdits, (first, second, third, edits, whole) => {
          const made = assembleBody(first);
          const edited = editWhole(editFriendly(made, edits), whole);
          const refreshed = refresh(edited, second, hashes(made));
          checkRefreshed(edited, refreshed, second);
          const again = refresh(refreshed, third, hashes(refreshed));
          checkRefreshed(refreshed, again, third);
        }),
        runs(150),
      );
    },
    propertyTime,
  );

  it(
    "either refuses with a line or keeps every byte, whatever was edited",
    () => {
      let refused = 0;
      let refreshed = 0;
      fc.assert(
        fc.property(reviews, reviews, friendlyEdits, hostileEdits, wholeEdits, (first, second, friendly, hostile, whole) => {
          const made = assembleBody(first);
          const edited = editWhole(editHostile(editFriendly(made, friendly), hostile), whole);
          let output: string;
          try {
            output = refresh(edited, second, hashes(made));
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            expect(error.place?.line).toBeGreaterThanOrEqual(1);
            expect(error.place?.line).toBeLessThanOrEqual(edited.split("\n").length);
            expect(error.remedy).not.toBe("");
            refused++;
            return;
          }
          checkRefreshed(edited, output, second);
          refreshed++;
        }),
        runs(200),
      );
      // The edits are neither all harmless nor all fatal.
      expect(refused).toBeGreaterThan(40);
      expect(refreshed).toBeGreaterThan(40);
    },
    propertyTime,
  );

  it(
    "changes nothing without new data, and makes of an untouched file what a new one has",
    () => {
      fc.assert(
        fc.property(reviews, reviews, friendlyEdits, wholeEdits, (first, second, edits, { crlf, noLastBreak }) => {
          const made = assembleBody(first);
          const edited = editWhole(editFriendly(made, edits), { crlf, noLastBreak, strip: false });
          expect(refresh(edited, first, hashes(made))).toBe(edited);
          const order = (section: Section, index: number): Section => {
            const ids = first[index]?.items.map(({ zone }) => zone.id) ?? [];
            const rank = (id: string | undefined) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
            return { ...section, items: section.items.toSorted((a, b) => rank(a.zone.id) - rank(b.zone.id)) };
          };
          expect(refresh(made, second, hashes(made))).toBe(assembleBody(second.map(order)));
        }),
        runs(100),
      );
    },
    propertyTime,
  );

  it(
    "holds for a whole file: front matter, byte order mark and line numbers",
    () => {
      const keys = fc.shuffledSubarray([
        "review: 2026-W47 # HUMAN1X",
        "# HUMAN2X",
        "minutes: |\n  HUMAN3X\n  # HUMAN4X\n",
        "attendees: [ a,  # HUMAN5X\n  b ]",
      ]);
      fc.assert(
        fc.property(reviews, reviews, friendlyEdits, wholeEdits, keys, fc.boolean(), (first, second, edits, whole, above, bom) => {
          const made = assembleBody(first);
          const head = `---\n${above.map((key) => `${key}\n`).join("")}figures: { a: 1 } # HUMAN6X\nnext: 2026-11-30\n---\n`;
          const text = (bom ? "\uFEFF" : "") + editWhole(head + editFriendly(made, edits), whole);
          const split = splitDocument(text, "r.md");
          const body = text.slice(split.bodyStart);
          const place = {
            file: "r.md",
            firstLine: split.bodyLine,
            sections: second,
            written: hashes(made),
            promptsOf: (...zone: Parameters<typeof promptsOf>) => [promptsOf(...zone)],
          };
          const refreshed = text.slice(0, split.bodyStart) + refreshBody({ ...place, body });
          const output = spliceKey(refreshed, splitDocument(refreshed, "r.md"), "figures", "figures:\n  a: 2");
          expect(tokensOf(output)).toEqual(tokensOf(text));
          const eol = whole.crlf ? "\r\n" : "\n";
          expect(output.slice(0, splitDocument(output, "r.md").bodyStart).replace(`figures:${eol}  a: 2`, "figures: { a: 1 }")).toBe(
            text.slice(0, split.bodyStart),
          );
          checkRefreshed(body, output.slice(splitDocument(output, "r.md").bodyStart), second);
          if (whole.crlf) expect(output).not.toMatch(/(?<!\r)\n/);
          const typed = body.replace(/^# summary/m, "# typed");
          const line = problemOf(() => refreshBody({ ...place, body: typed })).place?.line ?? 0;
          expect(text.split("\n")[line - 1]).toMatch(/^<!-- overpace:summary -->/);
        }),
        runs(100),
      );
    },
    propertyTime,
  );
});
