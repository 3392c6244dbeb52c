import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { dayKey, ownDays } from "../../../src/core/ledger/ledger.ts";
import { parseLedger } from "../../../src/core/ledger/parse.ts";
import { underPresentNames } from "../../../src/core/ledger/present-names.ts";
import { printLedger } from "../../../src/core/ledger/print.ts";
import { restatementsOf } from "../../../src/core/ledger/restatement.ts";
import { sum } from "../../../src/core/money.ts";
import { aliased, aliasesSchema } from "../../../src/core/settings/aliases.ts";
import { allocator } from "../../../src/core/settings/allocation.ts";
import { charge } from "../../support/charges.ts";
import { runs } from "../../support/properties.ts";

type Row = readonly [day: number, project: string, projectId?: string | undefined, part?: Partial<Charge>];
const rowsOf = (rows: readonly Row[]) =>
  rows.map(([day, project, projectId, part]) =>
    charge({ day: `2026-11-1${day}`, project, cost: 1n, source: "openai", ...part, ...(projectId === undefined ? {} : { projectId }) }),
  );
const namesAfter = (rows: readonly Row[]) => underPresentNames(rowsOf(rows)).map(({ project }) => project);

describe("shown is", () => {
  test.each<[string, Row[], string[]]>([
    [
      "the newest name of an id",
      [
        [1, "Old", "a"],
        [2, "New", "a"],
      ],
      ["New", "New"],
    ],
    [
      "each id by its own",
      [
        [1, "Old", "a"],
        [2, "New", "a"],
        [2, "Old", "b"],
      ],
      ["New", "New", "Old"],
    ],
    [
      "names that two swapped",
      [
        [1, "X", "a"],
        [1, "Y", "b"],
        [2, "Y", "a"],
        [2, "X", "b"],
      ],
      ["Y", "X", "Y", "X"],
    ],
    [
      "a name where once only the id was known",
      [
        [1, "a"],
        [2, "New", "a"],
        [3, "a"],
      ],
      ["New", "New", "New"],
    ],
    [
      "a name from before there were ids",
      [
        [1, "Old"],
        [2, "Old", "a"],
        [3, "New", "a"],
      ],
      ["New", "New", "New"],
    ],
    [
      "as it was, a name from before that two bore",
      [
        [1, "Old"],
        [2, "Old", "a"],
        [3, "New", "a"],
        [3, "Old", "b"],
      ],
      ["Old", "New", "New", "Old"],
    ],
    [
      "as it was, a name from before that two bore and gave up",
      [
        [1, "Old"],
        [2, "Old", "a"],
        [2, "Old", "b"],
        [3, "New", "a"],
        [3, "Newer", "b"],
      ],
      ["Old", "New", "Newer", "New", "Newer"],
    ],
    [
      "of two names on one day the later in the alphabet",
      [
        [1, "B", "a"],
        [1, "A", "a"],
      ],
      ["B", "B"],
    ],
    [
      "apart, two of one name with their ids",
      [
        [1, "X", "a"],
        [2, "X (a)", "a"],
        [2, "X (b)", "b"],
      ],
      ["X (a)", "X (a)", "X (b)"],
    ],
    [
      "nothing where there is neither",
      [
        [1, ""],
        [2, "New", "a"],
      ],
      ["", "New"],
    ],
    [
      "as it was, what no id ever bore",
      [
        [1, "Other"],
        [2, "New", "a"],
      ],
      ["Other", "New"],
    ],
    [
      "another source's as it was",
      [
        [1, "Old", "a"],
        [2, "New", "a"],
        [1, "Old", "a", { source: "gateway" }],
      ],
      ["New", "New", "Old"],
    ],
  ])("%s", (_, rows, expected) => expect(namesAfter(rows)).toEqual(expected));

  test("the list itself where nothing has an id", () => {
    const charges = rowsOf([
      [1, "Old"],
      [2, "New"],
    ]);
    expect(underPresentNames(charges)).toBe(charges);
  });

  test("the team's new name in the tag that a gateway fills with it, no other tag", () => {
    const tags = '{"feature":"Old","team":"Old"}';
    const rows = underPresentNames(
      rowsOf([
        [1, "Old", "a", { tags }],
        [2, "New", "a"],
        [1, "Else", "b", { tags }],
      ]),
    );
    expect(rows.map((row) => row.tags)).toEqual(['{"feature":"Old","team":"New"}', "", tags]);
  });

  test("accounts and keys in the same way", () => {
    const ids = { accountId: "1", apiKeyId: "k" };
    const rows = [charge({ day: "2026-11-11", account: "A", apiKey: "K", ...ids }), charge({ account: "B", apiKey: "L", ...ids })];
    expect(underPresentNames(rows)).toMatchObject([
      { account: "B", apiKey: "L" },
      { account: "B", apiKey: "L" },
    ]);
  });
});

describe("a rule", () => {
  const rows = underPresentNames(
    rowsOf([
      [1, "Old", "a"],
      [2, "New", "a"],
      [2, "Else", "b"],
    ]),
  );
  const featuresBy = (project: string, charges = rows) =>
    charges.map(allocator({ rules: [{ match: { project }, feature: "f" }] })).map(({ feature }) => feature);

  test.each(["New", "Old", "ol*", "a"])("that says %s means what is called so, was, or has it as id", (project) => {
    expect(featuresBy(project)).toEqual(["f", "f", ""]);
  });

  test("means who has the name now, not who gave it up", () => {
    const taken = underPresentNames(
      rowsOf([
        [1, "Support", "a"],
        [2, "Legacy", "a"],
        [2, "Support", "b"],
      ]),
    );
    expect(featuresBy("Support", [...taken])).toEqual(["", "", "f"]);
    expect(featuresBy("Legacy", [...taken])).toEqual(["f", "f", ""]);
  });
});

describe("an alias", () => {
  const present = (project: Record<string, string>, rows: readonly Row[]) =>
    aliased(rowsOf(rows), aliasesSchema.parse({ project })).map((row) => row.project);
  test.each<[string, Record<string, string>, Row[], string[]]>([
    [
      "for an id names all of it",
      { a: "Mine" },
      [
        [1, "Old", "a"],
        [2, "New", "a"],
      ],
      ["Mine", "Mine"],
    ],
    [
      "joins what had no id, and follows a later rename",
      { Older: "Old" },
      [
        [1, "Older"],
        [2, "Old", "a"],
        [3, "New", "a"],
      ],
      ["New", "New", "New"],
    ],
    [
      "that joins two ids keeps joining them",
      { "team-*": "Team" },
      [
        [1, "team-x", "a"],
        [1, "team-y", "b"],
      ],
      ["Team", "Team"],
    ],
  ])("%s", (_, aliases, rows, expected) => expect(present(aliases, rows)).toEqual(expected));
});

const ids = fc.constantFrom("a", "b", "c");
const someRows = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 9 }),
    project: fc.constantFrom("X", "Y", "Z", "a", ""),
    projectId: fc.option(ids, { nil: undefined }),
    source: fc.constantFrom("one", "two"),
    cost: fc.bigInt(0n, 9n),
  }),
  { maxLength: 12 },
);
const chargesFrom = (rows: readonly { day: number; project: string; projectId: string | undefined; source: string; cost: bigint }[]) =>
  rows.map(({ day, project, projectId, source, cost }) =>
    charge({ day: `2026-11-1${day}`, project, source, cost, ...(projectId === undefined || project === "" ? {} : { projectId }) }),
  );

describe("whatever charges there are", () => {
  test("an id has one name, that of its latest day; money stays, the order does not matter", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const charges = chargesFrom(rows);
        const after = underPresentNames(charges);
        expect(after.map(({ project: _, otherNames: __, ...rest }) => rest)).toEqual(charges.map(({ project: _, ...rest }) => rest));
        const owned = after.filter(({ projectId }) => projectId !== undefined);
        for (const own of Map.groupBy(owned, ({ source, projectId }) => `${source} ${projectId}`).values()) {
          expect(new Set(own.map(({ project }) => project)).size).toBe(1);
          const last = own.reduce((latest, { day }) => (day > latest ? day : latest), "");
          const said = charges.filter(
            ({ day, source, projectId }) => day === last && source === own[0]?.source && projectId === own[0].projectId,
          );
          expect(said.map(({ project }) => project)).toContain(own[0]?.project);
        }
        expect(underPresentNames(charges.toReversed()).toReversed()).toEqual(after);
      }),
      runs(150),
    );
  });

  test("new names alone commit no day, and restate nothing; a ledger file gives back what was printed", () => {
    fc.assert(
      fc.property(someRows, fc.dictionary(ids, fc.constantFrom("N", "M", "a")), (rows, names) => {
        const charges = chargesFrom(rows);
        const renamed = charges.map((row) =>
          row.projectId && Object.hasOwn(names, row.projectId) ? { ...row, project: names[row.projectId] ?? "" } : row,
        );
        const days = (list: readonly Charge[]) => Map.groupBy(list, ({ source, day }) => dayKey(source, day));
        const range = [{ start: "2026-11-10", end: "2026-11-20" }];
        const deliveries = ["one", "two"].map((source) => ({
          source,
          ranges: range,
          charges: renamed.filter((row) => row.source === source),
          settledThrough: null,
          warnings: [],
        }));
        const own = ownDays(days(charges), new Map(), deliveries);
        expect([...own.keys()]).toEqual([]);
        expect(restatementsOf(days(charges), days(renamed), "billed")).toEqual([]);
        const text = printLedger(days(charges));
        const read = parseLedger("x.csv", text, "x.csv", new Map()).days;
        expect(printLedger(read)).toBe(text);
        expect([...read.values()].flat().length).toBe(charges.length);
        expect(sum([...read.values()].flat().map(({ billed }) => billed))).toBe(sum(charges.map(({ billed }) => billed)));
      }),
      runs(150),
    );
  });
});
