import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { splitDocument } from "../../src/document/front-matter/split.ts";
import { copyOf } from "../support/world.ts";
import { bend, checked, freshReview, refingerprint, reviewPath, textIn, zonesIn } from "./bending.ts";

let made = "";
beforeAll(async () => {
  made = await freshReview();
});

/** A copy of the project with its review. */
const copy = () => copyOf(made);

describe("a zone bent with its fingerprint is caught", async () => {
  const keys = zonesIn(textIn(await freshReview())).map(({ key }) => key);
  const outside = new Set(["changes", "end pacing", "end anomalies"]);

  test.each(keys)("%s", async (key) => {
    const folder = copy();
    const text = textIn(folder);
    const split = splitDocument(text, "");
    const zone = zonesIn(text).find((found) => found.key === key);
    const at = split.bodyStart + (zone?.innerEnd ?? 0);
    writeFileSync(join(folder, reviewPath), `${text.slice(0, at)}Only $1.00 of it.\n${text.slice(at)}`);
    const typed = await checked(folder);
    expect([typed.zones.length, typed.figures.length]).toEqual([1, 0]);
    refingerprint(folder);
    const { figures, zones } = await checked(folder);
    expect(zones).toEqual([]);
    expect(figures.map(({ message, severity, line }) => ({ message, severity, line }))).toEqual(
      outside.has(key)
        ? []
        : [
            {
              severity: "error",
              line: zone?.endLine,
              message: `the zone \`${key}\` is not what its figures give: line ${zone?.endLine} says \`Only $1.00 of it.\`, computed again nothing`,
            },
          ],
    );
  });

  test("the first line that differs is shown from both sides", async () => {
    const folder = copy();
    bend(folder, reviewPath, "$4,820.00", "$4,280.00");
    refingerprint(folder);
    const [finding] = (await checked(folder)).figures;
    expect(finding?.message).toMatch(/^the zone `summary` is not .* says `.*\$4,280\.00.*`, computed again `.*\$4,820\.00.*`$/);
    expect(textIn(folder).split("\n")[(finding?.line ?? 0) - 1]).toContain("$4,280.00");
  });

  test("a long line is shown from shortly before what differs", async () => {
    const folder = copy();
    const [line = ""] = /^\*\*Reconciliation:.*$/m.exec(textIn(folder)) ?? [];
    bend(folder, reviewPath, line, line.replace(/\.$/, "!"));
    refingerprint(folder);
    const [finding] = (await checked(folder)).figures;
    expect(line.length).toBeGreaterThan(60);
    expect(finding?.message).toMatch(/says `….{30}!`, computed again `….{30}\.`$/);
  });

  test("spacing alone is a warning", async () => {
    const folder = copy();
    bend(folder, reviewPath, "| Last 7 days | $4,820.00 |", "| Last 7 days   |   $4,820.00 |");
    const { figures, zones } = await checked(folder);
    expect(zones).toEqual([]);
    expect(figures).toMatchObject([{ severity: "warning", message: expect.stringContaining("only spacing differs") }]);
  });

  test("a zone taken out, with and without its fingerprint", async () => {
    const folder = copy();
    const zone = zonesIn(textIn(folder)).find(({ name }) => name === "delta");
    const text = textIn(folder);
    const { bodyStart } = splitDocument(text, "");
    writeFileSync(join(folder, reviewPath), text.slice(0, bodyStart + (zone?.start ?? 0)) + text.slice(bodyStart + (zone?.end ?? 0) + 1));
    expect((await checked(folder)).figures.map(({ message }) => message)).toEqual([`the zone \`${zone?.key}\` is no longer in the file`]);
    refingerprint(folder);
    expect((await checked(folder)).figures.map(({ message }) => message)).toEqual([
      `the zone \`${zone?.key}\` is missing: the figures give it`,
    ]);
  });

  test("a zone made up", async () => {
    const folder = copy();
    bend(
      folder,
      reviewPath,
      "<!-- overpace:end deltas -->",
      "<!-- overpace:delta aws/x -->\n### AWS: -$9.00\n<!-- /overpace:delta -->\n\n<!-- overpace:end deltas -->",
    );
    refingerprint(folder);
    expect((await checked(folder)).figures.map(({ message }) => message)).toEqual([
      "the figures give no zone `delta aws/x`: it was made up or copied",
    ]);
  });
});

describe("the chart", () => {
  const chart = reviewPath.replace(".md", ".svg");

  test("bent", async () => {
    const folder = copy();
    bend(folder, chart, "<rect", '<rect x="1"');
    expect((await checked(folder)).figures).toMatchObject([{ severity: "error", message: expect.stringContaining("chart") }]);
  });

  test("not there", async () => {
    const folder = copy();
    rmSync(join(folder, chart));
    expect((await checked(folder)).figures).toEqual([]);
  });
});

describe("another version wrote the file", () => {
  const older = async () => {
    const folder = copy();
    bend(folder, reviewPath, /generator: overpace .*/, "generator: overpace 0.0.1");
    return folder;
  };

  test("figures are compared, zones are not, and an open review says so", async () => {
    const folder = await older();
    bend(folder, reviewPath, "**Investigate.**", "**Look here.**");
    refingerprint(folder);
    expect((await checked(folder)).figures).toMatchObject([{ severity: "warning", message: expect.stringContaining("`overpace 0.0.1`") }]);
    bend(folder, reviewPath, /^ {2}pace: .*$/m, '  pace: "1.00"');
    expect((await checked(folder)).figures.map(({ severity }) => severity)).toEqual(["warning", "error"]);
  });

  test("a figure that this version has no more, or not yet, is no difference", async () => {
    const folder = await older();
    bend(folder, reviewPath, /^ {2}pacePercent: .*\n/m, "  paceIndex: 7\n");
    bend(folder, reviewPath, /^ {2}paceMethod: .*$/m, "  paceMethod: by feel");
    expect((await checked(folder)).figures.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
