import { expect, it } from "vitest";
import { rebilledMonths, restatementsOf } from "../../../src/core/ledger/restatement.ts";
import { charge } from "../../support/charges.ts";

const key = "2026-11-14 focus";
const on = (cost: bigint, provider = "OpenAI", service = "Inference") => charge({ day: "2026-11-14", cost, provider, service });

it.each([
  ["another amount", [on(5n)], [on(7n)], [{ provider: "OpenAI", before: 5n, after: 7n }]],
  ["the same amount on other services", [on(5n)], [on(2n, "OpenAI", "a"), on(3n, "OpenAI", "b")], []],
  ["a day taken back", [on(5n)], [], [{ provider: "OpenAI", before: 5n, after: 0n }]],
  ["a correction that a later month bills", [on(5n)], [on(5n), { ...on(-4n), billingPeriod: "2026-12-01", correction: true }], []],
  [
    "a provider more and one less, by name",
    [on(5n, "B")],
    [on(6n, "A")],
    [
      { provider: "A", before: 0n, after: 6n },
      { provider: "B", before: 5n, after: 0n },
    ],
  ],
])("%s", (_, before, after, expected) => {
  const found = restatementsOf(new Map([[key, before]]), new Map([[key, after]]), "effective");
  expect(found).toEqual(expected.map((part) => ({ day: "2026-11-14", source: "focus", wasOpen: false, ...part })));
});

it("a day that is new is no restatement and the days come in order", () => {
  const older = new Map([
    ["2026-11-14 focus", [on(1n)]],
    ["2026-11-13 focus", [on(1n)]],
  ]);
  const own = new Map([
    ["2026-11-15 focus", [on(9n)]],
    ["2026-11-14 focus", [on(2n)]],
    ["2026-11-13 focus", [on(2n)]],
  ]);
  expect(restatementsOf(older, own, "effective").map(({ day }) => day)).toEqual(["2026-11-13", "2026-11-14"]);
});

it("the cost basis decides what changed", () => {
  const [older, own] = [[charge({ billed: 1n, effective: 2n })], [charge({ billed: 1n, effective: 3n })]].map(
    (list) => new Map([[key, list]]),
  );
  expect(restatementsOf(older ?? new Map(), own ?? new Map(), "billed")).toEqual([]);
});

it("a day that was not final before is told apart", () => {
  const days = (cost: bigint) => new Map(["2026-11-14", "2026-11-15"].map((day) => [`${day} focus`, [charge({ day, cost })]]));
  const openFrom = (source: string) => (source === "focus" ? "2026-11-15" : "2026-11-01");
  expect(restatementsOf(days(1n), days(2n), "effective", { openFrom }).map(({ day, wasOpen }) => [day, wasOpen])).toEqual([
    ["2026-11-14", false],
    ["2026-11-15", true],
  ]);
});

it("a provider under another name is no restatement", () => {
  const [older, own] = [[on(5n, "OpenAI, LLC")], [on(5n, "OpenAI")]].map((list) => new Map([[key, list]]));
  const nameOf = (provider: string) => (provider === "OpenAI, LLC" ? "OpenAI" : provider);
  expect(restatementsOf(older ?? new Map(), own ?? new Map(), "effective", { nameOf })).toEqual([]);
});

it("a day that the review before lacked has come in since; days before all others of a source and new ones have not", () => {
  const days = (list: readonly string[], source = "focus") =>
    list.map((day) => [`${day} ${source}`, [charge({ day, source, cost: 3n })]] as const);
  const older = new Map(days(["2026-11-10", "2026-11-12", "2026-11-15"]));
  const own = new Map([
    ...days(["2026-11-09", "2026-11-11", "2026-11-14", "2026-11-16", "2026-11-17"]),
    ...days(["2026-11-11"], "connected-later"),
  ]);
  const found = restatementsOf(older, own, "effective", { lastReview: "2026-11-16" });
  expect(found).toEqual(
    ["2026-11-11", "2026-11-14"].map((day) => ({ day, source: "focus", provider: "OpenAI", before: 0n, after: 3n, wasOpen: true })),
  );
  expect(restatementsOf(older, own, "effective")).toEqual([]);
});

it.each([
  ["a correction that came in", [], [-4n], ["2026-12"]],
  ["another amount", [-4n], [-5n], ["2026-12"]],
  ["one that was taken back", [-4n], [], ["2026-12"]],
  ["the same", [-4n], [-1n, -3n], []],
])("what a month bills of earlier ones changes with %s", (_, before, after, expected) => {
  const days = (costs: bigint[]) =>
    new Map([[key, [on(5n), ...costs.map((cost) => ({ ...on(cost), billingPeriod: "2026-12-01", correction: true }))]]]);
  expect(rebilledMonths(days(before), days(after), "effective")).toEqual(expected);
});
