import { expect, test } from "vitest";
import { monthlyDays } from "../../../../src/core/review/deltas/monthly.ts";
import { weekBefore } from "../../../../src/core/weeks.ts";

const days = (...list: string[]) => new Map(list.map((day) => [day, 1n] as const));
const seats = ["2026-10-18", "2026-11-18"];

test.each<[string, ReadonlyMap<string, bigint>, string[]]>([
  ["a fee of each month", days(...seats), seats],
  ["whatever order its days come in", days(...seats.toReversed()), seats],
  ["one of the week before", days("2026-10-09", "2026-11-09"), ["2026-10-09", "2026-11-09"]],
  ["not one of a week before that", days("2026-10-08", "2026-11-08"), []],
  ["not one that came once", days("2026-11-18"), []],
  ["not one of two days", days("2026-10-17", "2026-11-18"), []],
  ["not use between", days(...seats, "2026-11-02"), []],
  ["whatever cost nothing between", new Map([...days(...seats), ["2026-11-02", 0n]]), seats],
  ["whatever was more than two months ago", days("2026-09-13", ...seats), seats],
  ["not what was another day two months ago", days("2026-09-15", ...seats), []],
  ["not what is of the next week", days("2026-10-23", "2026-11-23"), []],
])("costs something once a month: %s", (_, daily, expected) => expect(monthlyDays(daily, weekBefore("2026-11-23"))).toEqual(expected));
