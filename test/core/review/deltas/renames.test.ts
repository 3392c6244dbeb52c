import { describe, expect, test } from "vitest";
import { type Day, addDays, eachDay } from "../../../../src/core/day.ts";
import type { Charge } from "../../../../src/core/ledger/charge.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import type { PlannedEvent } from "../../../../src/core/settings/events.ts";
import { type ChargePart, charge, reviewInput, units } from "../../../support/charges.ts";

/** The period is 16 to 22 November 2026, a Monday to a Sunday. */
const cost = (day: Day) => ([0, 6].includes(new Date(day).getUTCDay()) ? 40 : 100);
const line = (start: Day, end: Day, part: ChargePart, share = 1): Charge[] =>
  eachDay({ start, end }).map((day) => charge({ day, cost: units(cost(day) * share), ...part }));
const steady = line("2026-08-01", "2026-11-23", { provider: "AWS", service: "S3" });
const renamesOf = (...charges: readonly Charge[][]) => reviewOf(reviewInput({ charges: [...steady, ...charges.flat()] })).renames;
const [old, next] = [{ project: "Old" }, { project: "New" }];

interface Part {
  readonly project: string;
  readonly share?: number;
}

describe("a likely rename", () => {
  test.each([
    ["project", { project: "a" }, { project: "b" }, ["OpenAI"]],
    ["apiKey", { apiKey: "a" }, { apiKey: "b" }, ["OpenAI"]],
    ["account", { account: "a" }, { account: "b" }, ["OpenAI"]],
    ["model", { model: "a" }, { model: "b" }, ["OpenAI", "Inference"]],
    ["service", { service: "a" }, { service: "b" }, ["OpenAI"]],
    ["provider", { provider: "a" }, { provider: "b" }, []],
  ])("is found for a %s", (dimension, from, to, within) => {
    expect(renamesOf(line("2026-09-01", "2026-11-18", from), line("2026-11-18", "2026-11-23", to))).toEqual([
      { dimension, within, from: "a", to: "b", since: "2026-11-18", days: 5, before: units(380), after: units(380) },
    ]);
  });

  test.each<[string, Partial<PlannedEvent>, number]>([
    ["that covers it", { scope: { provider: "openai" } }, 0],
    ["of all costs", {}, 0],
    ["that it ends, within a week of its start", { start: "2026-11-12", end: "2026-11-15" }, 0],
    ["more than a week before", { start: "2026-11-09", end: "2026-11-18" }, 1],
    ["after it", { start: "2026-11-19", end: "2026-11-23" }, 1],
    ["of another service", { scope: { provider: "OpenAI", service: "Batch" } }, 1],
    ["that is a launch", { kind: "launch" }, 1],
  ])("of a model is none in a planned migration %s", (_, part, found) => {
    const event: PlannedEvent = { name: "Move", kind: "migration", start: "2026-11-18", end: "2026-11-20", ...part };
    const renames = (from: ChargePart, to: ChargePart) => {
      const charges = [...steady, ...line("2026-09-01", "2026-11-18", from), ...line("2026-11-18", "2026-11-23", to)];
      return reviewOf(reviewInput({ charges, events: [event] })).renames;
    };
    expect(renames({ model: "a" }, { model: "b" })).toHaveLength(found);
    // A key or project is not what migrates.
    expect(renames({ apiKey: "a" }, { apiKey: "b" })).toHaveLength(1);
  });

  test("is found in each place where the same name gave way to the same other one", () => {
    const moved = ["OpenAI", "Azure"].flatMap((provider) => [
      ...line("2026-09-01", "2026-11-18", { provider, model: "a" }),
      ...line("2026-11-18", "2026-11-23", { provider, model: "b" }),
    ]);
    expect(renamesOf(moved).map(({ within, from, to }) => [within, from, to])).toEqual([
      [["Azure", "Inference"], "a", "b"],
      [["OpenAI", "Inference"], "a", "b"],
    ]);
  });

  test.each([
    ["in the week before", "2026-11-11", "2026-11-11"],
    ["on its first day", "2026-11-09", "2026-11-09"],
    ["over a weekend without use", "2026-11-14", "2026-11-16"],
    ["of which two days are known", "2026-11-21", "2026-11-21"],
  ])("is found %s", (_, end, start) => {
    expect(renamesOf(line("2026-09-01", end, old), line(start, "2026-11-23", next))).toMatchObject([
      { from: "Old", to: "New", since: start },
    ]);
  });

  test.each([
    ["a fifth of the new one more", 1.25, 1],
    ["a fifth of the old one less", 0.8, 1],
    ["26 % more", 1.26, 0],
    ["21 % less", 0.79, 0],
  ])("may cost otherwise within a fifth: %s", (_, share, found) => {
    const renames = renamesOf(line("2026-09-01", "2026-11-16", old), line("2026-11-16", "2026-11-23", next, share));
    expect(renames).toHaveLength(found);
  });

  test.each([
    ["the old one goes on", line("2026-09-01", "2026-11-23", old), line("2026-11-16", "2026-11-23", next)],
    [
      "the new one was there before",
      line("2026-09-01", "2026-11-16", old),
      [...line("2026-09-10", "2026-09-12", next), ...line("2026-11-16", "2026-11-23", next)],
    ],
    ["a week lies between", line("2026-09-01", "2026-11-09", old), line("2026-11-16", "2026-11-23", next)],
    ["the old one had only begun", line("2026-11-13", "2026-11-16", old), line("2026-11-16", "2026-11-23", next)],
    ["the new one is a day old", line("2026-09-01", "2026-11-22", old), line("2026-11-22", "2026-11-23", next)],
    ["it is older than both weeks", line("2026-09-01", "2026-11-05", old), line("2026-11-05", "2026-11-23", next)],
    ["they are of two providers", line("2026-09-01", "2026-11-16", old), line("2026-11-16", "2026-11-23", { ...next, provider: "AWS" })],
    ["it is too small to matter", line("2026-09-01", "2026-11-16", old, 0.005), line("2026-11-16", "2026-11-23", next, 0.005)],
    ["the old one has no name", line("2026-09-01", "2026-11-16", {}), line("2026-11-16", "2026-11-23", next)],
    ["nothing follows", line("2026-09-01", "2026-11-16", old), []],
  ])("is none when %s", (_, from, to) => {
    expect(renamesOf(from, to)).toEqual([]);
  });

  // What is new costs the same on 17 and 18 November as the old one a week before.
  const [brief, use] = [line("2026-11-17", "2026-11-19", next), (...days: Day[]) => days.flatMap((day) => line(day, addDays(day, 1), old))];
  test.each([
    ["four days", use("2026-11-03", "2026-11-10", "2026-11-11", "2026-11-14"), 1],
    ["three days", use("2026-11-10", "2026-11-11", "2026-11-14"), 0],
    ["four days, one of them more than two weeks before", use("2026-11-02", "2026-11-10", "2026-11-11", "2026-11-14"), 0],
    ["many days, the last of them four before", line("2026-09-01", "2026-11-14", old), 0],
  ])("needs a name that was there on four of the two weeks before, at most three days before: %s", (_, from, found) =>
    expect(renamesOf(from, brief)).toHaveLength(found),
  );

  test.each([
    ["a hundredth of all cost", 1 / 98, 1],
    ["less", 1 / 100, 0],
  ])("is told from a hundredth of all cost on: %s", (_, share, found) =>
    expect(renamesOf(line("2026-09-01", "2026-11-16", old, share), line("2026-11-16", "2026-11-23", next, share))).toHaveLength(found),
  );

  test.each([
    ["two that ended, one that began", [{ project: "a" }, { project: "b", share: 1.1 }], [{ project: "c", share: 1.1 }], ["b → c"]],
    ["one that ended, two that began", [{ project: "a" }], [{ project: "c", share: 1.1 }, { project: "d" }], ["a → d"]],
    ["two alike, the first by name", [{ project: "b" }, { project: "a" }], [{ project: "c" }], ["a → c"]],
    [
      "beside what folds the smallest",
      [{ project: "a" }, { project: "(other)", share: 1.3 }],
      [{ project: "c" }, { project: "d", share: 1.3 }],
      ["a → c"],
    ],
    [
      "beside what has no name",
      [{ project: "a" }, { project: "", share: 1.3 }],
      [{ project: "c" }, { project: "d", share: 1.3 }],
      ["a → c"],
    ],
  ])("tells each name once: %s", (_, from: Part[], to: Part[], expected) => {
    const lines = (parts: readonly Part[], start: Day, end: Day) =>
      parts.flatMap(({ project, share = 1 }) => line(start, end, { project }, share));
    const found = renamesOf(lines(from, "2026-09-01", "2026-11-18"), lines(to, "2026-11-18", "2026-11-23"));
    expect(found.map((one) => `${one.from} → ${one.to}`)).toEqual(expected);
  });

  test("is found where days without cost stand before the new name, and after the old one", () => {
    const free = [...line("2026-09-01", "2026-11-18", next, 0), ...line("2026-11-18", "2026-11-23", old, 0)];
    expect(renamesOf(line("2026-09-01", "2026-11-18", old), line("2026-11-18", "2026-11-23", next), free)).toMatchObject([
      { from: "Old", to: "New", since: "2026-11-18" },
    ]);
  });

  test("of a service is not told again for each of its models", () => {
    const named = (service: string) => ({ service, model: "gpt-5" });
    const renames = renamesOf(line("2026-09-01", "2026-11-18", named("A")), line("2026-11-18", "2026-11-23", named("B")));
    expect(renames.map(({ dimension }) => dimension)).toEqual(["service"]);
  });

  test("of two at once: each with the one most like it, in any order of the charges", () => {
    const charges = [
      ...line("2026-09-01", "2026-11-18", { project: "a" }),
      ...line("2026-09-01", "2026-11-18", { project: "b" }, 1.1),
      ...line("2026-11-18", "2026-11-23", { project: "c" }),
      ...line("2026-11-18", "2026-11-23", { project: "d" }, 1.1),
    ];
    const pairs = [
      ["a", "c"],
      ["b", "d"],
    ];
    expect(renamesOf(charges).map(({ from, to }) => [from, to])).toEqual(pairs);
    expect(renamesOf(charges.toReversed()).map(({ from, to }) => [from, to])).toEqual(pairs);
  });

  test("is one to the same name in another spelling, however like another new name is", () => {
    const charges = [
      ...line("2026-09-01", "2026-11-12", { provider: "anthropic" }),
      ...line("2026-11-12", "2026-11-23", { provider: "Anthropic" }, 1.15),
      ...line("2026-11-12", "2026-11-23", { provider: "Pinecone" }),
    ];
    expect(renamesOf(charges).map(({ from, to }) => [from, to])).toEqual([["anthropic", "Anthropic"]]);
    const dearer = line("2026-11-12", "2026-11-23", { provider: "Anthropic" }, 1.5);
    expect(
      renamesOf(
        charges.filter(({ provider }) => provider !== "Anthropic"),
        dearer,
      ),
    ).toEqual([]);
  });

  test("within a day is found, as both names share that day", () => {
    const half = [...line("2026-11-18", "2026-11-19", old, 0.4), ...line("2026-11-18", "2026-11-19", next, 0.6)];
    const renames = renamesOf(line("2026-09-01", "2026-11-18", old), half, line("2026-11-19", "2026-11-23", next));
    expect(renames).toMatchObject([{ since: "2026-11-18", before: units(380), after: units(380) }]);
  });

  test("that the new line ends again is no matter", () => {
    const charges = [line("2026-09-01", "2026-11-12", old), line("2026-11-12", "2026-11-16", next)];
    expect(renamesOf(...charges)).toMatchObject([{ since: "2026-11-12", days: 4 }]);
  });
});
