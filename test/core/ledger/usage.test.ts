import { describe, expect, test } from "vitest";
import { isLateCorrection } from "../../../src/core/ledger/charge.ts";
import { endsWith, isDailyUsage, isPaced } from "../../../src/core/ledger/usage.ts";
import { charge, type ChargePart } from "../../support/charges.ts";

const late = { correction: true, day: "2026-10-20", billingPeriod: "2026-11-01" };
test.each<[string, ChargePart, { paced: boolean; usage: boolean; corrects: boolean }]>([
  ["usage", {}, { paced: true, usage: true, corrects: false }],
  ["usage of no stated frequency", { frequency: null }, { paced: true, usage: true, corrects: false }],
  ["a credit that follows use", { category: "Credit" }, { paced: true, usage: false, corrects: false }],
  ["usage that is billed each month", { frequency: "Recurring" }, { paced: false, usage: false, corrects: false }],
  ["usage that is billed once", { frequency: "One-Time" }, { paced: false, usage: false, corrects: false }],
  ["a correction of an earlier month", late, { paced: false, usage: false, corrects: true }],
  ["a correction of its own month", { ...late, day: "2026-11-01" }, { paced: true, usage: true, corrects: false }],
  ["a day before its billing period that corrects nothing", { ...late, correction: false }, { paced: true, usage: true, corrects: false }],
])("%s", (_, part, { paced, usage, corrects }) => {
  const one = charge(part);
  expect([isPaced(one), isDailyUsage(one), isLateCorrection(one)]).toEqual([paced, usage, corrects]);
});

describe("a source ends the day before `until`", () => {
  const [none, some] = [
    { units: 0n, scale: 0 },
    { units: 1n, scale: 0 },
  ];
  const row = (day: string, part: ChargePart & { lastDay?: string } = {}, [billed, effective] = [some, some]) => ({
    ...charge({ day, ...part }),
    lastDay: part.lastDay ?? null,
    billed,
    effective,
  });
  const through10 = [row("2026-11-09"), row("2026-11-10")];
  test.each([
    ["where its last usage is of that day", through10, true],
    ["not where it is of an earlier one", through10.slice(0, 1), false],
    ["nor of a later one", [...through10, row("2026-11-11")], false],
    ["nor without any", [], false],
    ["whatever comes later and costs nothing", [...through10, row("2026-11-12", {}, [none, none])], true],
    ["but not what is only billed", [...through10, row("2026-11-12", {}, [some, none])], false],
    ["nor what only counts", [...through10, row("2026-11-12", {}, [none, some])], false],
    ["whatever fee reaches further", [...through10, row("2026-11-01", { lastDay: "2026-11-30", frequency: "Recurring" })], true],
    ["usage of several days counts to its last", [row("2026-11-04", { lastDay: "2026-11-10" })], true],
  ])("%s", (_, rows, is) => expect(endsWith(rows, "2026-11-11")).toBe(is));
});
