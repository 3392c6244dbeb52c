import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, eachDay } from "../../src/core/day.ts";
import type { Charge } from "../../src/core/ledger/charge.ts";
import { reviewOf } from "../../src/core/review/review.ts";
import type { Config } from "../../src/core/settings/config.ts";
import { frontMatterSchema } from "../../src/document/front-matter/schema.ts";
import { splitDocument } from "../../src/document/front-matter/split.ts";
import type { PreviousAction } from "../../src/document/sections/context.ts";
import { type Material, newDocument, refreshDocument } from "../../src/document/weekly.ts";
import { charge, daily, reviewInput, thresholds, units } from "../support/charges.ts";
import { metric, twoWeeksOf } from "../support/metrics.ts";
import { editFriendly, editWhole, friendlyEdits, wholeEdits } from "./human-edits.ts";
import { cutZones } from "./oracle.ts";
import { problemOf, propertyTime, runs } from "./support.ts";

const file = "reviews/2026/2026-W47.md";
const config: Config = {
  owners: { engineering: { login: "octocat" }, product: { login: "hubot" } },
  sources: [],
  costBasis: "effective",
  thresholds,
  schedule: { weekday: "monday", timezone: "UTC" },
  growth: null,
  metrics: [],
  candidates: { cheaperThan: {} },
  changes: null,
  tags: [],
  forge: { type: "github", tokenEnv: "GITHUB_TOKEN" },
  events: [],
  ignore: [],
  aliases: {},
  unused: [],
};
const base: Charge[] = [
  ...daily({ start: "2026-09-14", end: "2026-11-23" }, { cost: units(100) }),
  ...daily({ start: "2026-09-14", end: "2026-11-16" }, { provider: "AWS", service: "EC2", cost: units(50) }),
  ...daily({ start: "2026-11-16", end: "2026-11-23" }, { provider: "AWS", service: "EC2", cost: units(80) }),
];
const rise = charge({ day: "2026-11-20", provider: "Pinecone", service: "Vector Database", cost: units(200) });

const shown = { decision: "optimize", owner: "@octocat", ageWeeks: 1, slips: 0, overdue: false, ended: null, about: null, effect: null };

function material(charges: readonly Charge[], carried: Material["previous"]["carried"] = []): Material {
  const plan = { currency: "USD", months: { "2026-11": units(4_500) } };
  return {
    review: reviewOf(reviewInput({ charges, plan })),
    inputs: { ledger: { "2026-11-23.2026-W47.csv": String(charges.length) }, plan: null, allocation: null, config: "0" },
    generator: "overpace test",
    config,
    past: [],
    answered: [],
    record: null,
    said: null,
    previous: {
      carried,
      shown: carried.map(({ id, due }) => ({ ...shown, id, title: `Title of ${id}`, due })),
      closed: [],
      told: new Set(carried.filter(({ issue }) => issue !== null).map(({ id }) => id)),
    },
  };
}

const open = { id: "2026-W46-1", status: "open", due: "2026-11-23", reason: null, issue: null } as const;
const first = newDocument(material(base));
const zone = (text: string, name: string) => text.slice(text.indexOf(`<!-- overpace:${name} -->`)).split(/<!-- \/overpace:/)[0] ?? "";

describe("drafts", () => {
  /** A new level from Thursday of the week before on. */
  const running = [
    ...daily({ start: "2026-09-14", end: "2026-11-12" }, { provider: "AWS", service: "EC2", cost: units(50) }),
    ...daily({ start: "2026-11-12", end: "2026-11-23" }, { provider: "AWS", service: "EC2", cost: units(120) }),
  ];
  const draftsWith = (previous: Partial<PreviousAction> | null, charges = running) => {
    const made = material(charges, previous ? [open] : []);
    const known = made.previous.shown.map((action) => ({ ...action, ...previous }));
    const text = newDocument({ ...made, previous: { ...made.previous, shown: known } });
    return frontMatterSchema.parse(splitDocument(text, file).data).actions?.map(({ title }) => title);
  };
  const asked = ["Find the cause of the jump of AWS EC2 and say what fixes it"];

  it("an anomaly that runs on is not asked again while an open action is about its slice", () => {
    expect(draftsWith(null)).toEqual(asked);
    expect(draftsWith({ about: "aws/ec2" })).toEqual([]);
    expect(draftsWith({ about: "aws/ec2@2026-11-12" })).toEqual([]);
    expect(draftsWith({ about: "openai/inference" })).toEqual(asked);
    expect(draftsWith({ about: "aws/ec2", ended: "done" })).toEqual(asked);
  });

  it("one that begins in the week is, whatever was decided before; a drop is asked whether it stays", () => {
    const from = (before: number, after: number) => [
      ...daily({ start: "2026-09-14", end: "2026-11-18" }, { provider: "AWS", service: "EC2", cost: units(before) }),
      ...daily({ start: "2026-11-18", end: "2026-11-23" }, { provider: "AWS", service: "EC2", cost: units(after) }),
    ];
    expect(draftsWith({ about: "aws/ec2" }, from(50, 120))).toEqual(asked);
    expect(draftsWith(null, from(120, 50))).toEqual(["Find the cause of the drop of AWS EC2 and say whether it stays"]);
  });

  describe("of what creeps up", () => {
    const creeping = (step: number, beside = 100) =>
      eachDay({ start: "2026-08-17", end: "2026-11-23" }).flatMap((day) => [
        charge({
          day,
          provider: "AWS",
          service: "EC2",
          cost: units(100 * (1 + step / 100) ** Math.max(0, daysBetween("2026-10-19", day) + 1)),
        }),
        charge({ day, provider: "OpenAI", service: "Inference", cost: units(beside) }),
      ]);
    const rising = ["Find the cause of the slow rise of AWS EC2 and say whether it stays"];
    it.each([
      ["a slow rise", creeping(1), null, rising],
      ["a slow rise that another action is about", creeping(1), { about: "openai/inference" }, rising],
      ["a slow rise that an open action is about", creeping(1), { about: "aws/ec2" }, []],
      ["a slow rise of less than a twentieth of the week", creeping(1, 800), null, []],
      ["a slow fall", creeping(-1.5), null, []],
    ] as const)("%s", (_, charges, previous, titles) => {
      expect(reviewOf(reviewInput({ charges })).drifts.map(({ slice }) => slice.id)).toEqual(["aws/ec2"]);
      expect(draftsWith(previous, charges)).toEqual(titles);
    });
  });
});

describe("a new review", () => {
  it("has a front matter that the schema takes, with drafts for what is unexplained and no figure in their titles", () => {
    const front = frontMatterSchema.parse(splitDocument(first, file).data);
    expect(front).toMatchObject({ review: "2026-W47", state: "draft", minutes: null, outcome: null, next: "2026-11-30", previous: [] });
    expect(front.actions?.map(({ owner, due }) => [owner, due])).toEqual([["@octocat", "2026-11-30"]]);
    for (const { title } of front.actions ?? []) expect(title).not.toMatch(/[$%]/);
  });

  it("is the same text when it is refreshed without new data", () => expect(refreshDocument(first, file, material(base))).toBe(first));
});

describe("new data", () => {
  const second = refreshDocument(first, file, material([...base, rise]));

  it("names old → new of each figure that moved, once", () => {
    expect(zone(second, "changes")).toContain("- Last 7 days: $1,260.00 → $1,460.00\n");
    expect(zone(second, "changes")).toContain("- Delta `pinecone/vector-database`: not listed → $200.00");
    expect(zone(first, "changes")).toBe("<!-- overpace:changes -->\n");
  });

  it("names what a restated metric moved", () => {
    const known = material(base);
    const counting = (tickets: number) => ({ ...known, review: { ...known.review, metrics: [metric(twoWeeksOf(10, tickets))] } });
    const restated = refreshDocument(newDocument(counting(20)), file, counting(30));
    expect(zone(restated, "changes")).toContain("- Metric tickets, last 7 days: 140 → 210\n");
  });

  it("keeps the note until figures move again", () => {
    expect(refreshDocument(second, file, material([...base, rise]))).toBe(second);
    const third = refreshDocument(second, file, material(base));
    expect(zone(third, "changes")).toContain("- Last 7 days: $1,460.00 → $1,260.00\n");
  });

  it("adds a new item with its prompts before the end of its section, and takes it away again while nobody wrote there", () => {
    expect(second).toMatch(/overpace:delta pinecone\/vector-database -->[^]*- \*\*Why:\*\* <!--[^]*<!-- overpace:end deltas -->/);
    expect(refreshDocument(second, file, material(base))).not.toContain("pinecone/vector-database -->");
  });

  it("keeps an item that people answered, marked as no longer listed", () => {
    const at = second.indexOf("- **Why:**", second.indexOf("overpace:delta pinecone"));
    const answered = `${second.slice(0, at)}- **Why:** An index was built twice.${second.slice(second.indexOf("\n", at))}`;
    const third = refreshDocument(answered, file, material(base));
    expect(third).toContain("### Pinecone · Vector Database: +$200.00 (new) · no longer listed");
    expect(third).toContain("- **Why:** An index was built twice.");
  });
});

describe("open actions of earlier reviews", () => {
  it("stand first in a new review and in its front matter", () => {
    const text = newDocument(material(base, [open]));
    expect(text).toContain(
      "previous:                  # still open from earlier reviews: set status, due or a reason\n  - { id: 2026-W46-1,",
    );
    expect(text.indexOf("Title of 2026-W46-1")).toBeLessThan(text.indexOf("## 1 Pacing"));
  });

  it("are added by a refresh once their review is known, and then left to people", () => {
    const added = refreshDocument(first, file, material(base, [open]));
    expect(splitDocument(added, file).data).toMatchObject({ previous: [{ id: "2026-W46-1", status: "open" }] });
    const answered = added.replace("{ id: 2026-W46-1, status: open", "{ id: 2026-W46-1, status: done");
    expect(answered).not.toBe(added);
    expect(refreshDocument(answered, file, material(base, [open]))).toBe(answered);
    const lines = added.replace(
      /- (\{ id: 2026-W46-1,.*)\}/,
      (_, pairs: string) => `- ${pairs.slice(2).trimEnd().replaceAll(", ", "\n    ")}`,
    );
    expect(lines).toContain("  - id: 2026-W46-1\n    status: open\n");
    expect(refreshDocument(lines, file, material(base, [open]))).toBe(lines);
  });
});

it("refuses a file whose figures lost their fingerprints", () => {
  const text = first.replace(/^ {2}zones: .*$/m, "  zones: null");
  expect(problemOf(() => refreshDocument(text, file, material(base)))).toMatchObject({
    message: expect.stringContaining("`figures` is damaged"),
    place: { file },
  });
});

it("keeps every byte outside the zones and figures, whatever people did to the file", { timeout: propertyTime }, () => {
  const outside = (text: string) => {
    const split = splitDocument(text, file);
    const head = text.slice(0, split.bodyStart).replace(/^figures:[^]*?(?=^\S)/m, "");
    const body = cutZones(text.slice(split.bodyStart)).outside.join("\0");
    return `${head}${body}`;
  };
  fc.assert(
    fc.property(friendlyEdits, wholeEdits, fc.integer({ min: -6, max: 6 }), (edits, whole, step) => {
      const split = splitDocument(first, file);
      const edited = editWhole(first.slice(0, split.bodyStart) + editFriendly(first.slice(split.bodyStart), edits), whole);
      // The same services with other amounts: no item comes or goes.
      const fresh = [...base, charge({ day: addDays("2026-11-19", step % 3), cost: units(3) })];
      const result = refreshDocument(edited, file, material(fresh));
      expect(outside(result)).toBe(outside(edited));
      expect(refreshDocument(result, file, material(fresh))).toBe(result);
    }),
    runs(60),
  );
});
