import { describe, expect, it } from "vitest";
import { pacedDays, historyOf } from "../../../../src/core/review/month/history.ts";
import { charge, daily, units } from "../../../support/charges.ts";

const asOf = "2026-11-23";
const older = daily({ start: "2026-01-01", end: "2026-07-01" }, { cost: units(10) });
const recent = daily({ start: "2026-07-01", end: asOf }, { cost: units(20) });
const history = (charges: Parameters<typeof historyOf>[0]["older"], counting: Parameters<typeof historyOf>[0]["counting"] = []) =>
  historyOf({ older: charges, charges: recent, counting, costBasis: "effective" });
const days = (charges = older) => pacedDays(recent, history(charges), asOf, "effective");

describe("what older days cost", () => {
  const sums = (charges: typeof older, counting?: Parameters<typeof history>[1]) => [...(history(charges, counting).get("focus") ?? [])];
  const row = (part: Parameters<typeof charge>[0]) => charge({ day: "2026-06-01", cost: units(3), ...part });
  it("is added up by source and day", () => {
    expect(sums([row({}), row({ service: "other" }), row({ day: "2026-06-02" })])).toEqual([
      ["2026-06-01", units(6)],
      ["2026-06-02", units(3)],
    ]);
    expect([...history([row({ source: "b" })]).keys()]).toEqual(["b"]);
  });
  it("leaves out what is not carried on, and what is no money", () => {
    expect(sums([row({ category: "Purchase", frequency: "Recurring" }), row({ billingPeriod: "2026-07-01", correction: true })])).toEqual(
      [],
    );
    expect(sums([row({})], [{ name: "focus", counts: "attribution" }])).toEqual([]);
  });
});

describe("the days that a forecast carries on", () => {
  it("are those of the charges and, before them, the history of their sources", () => {
    const { start, detailsFrom, days: found } = days();
    expect([start, detailsFrom, found.size]).toEqual(["2026-01-01", "2026-07-01", 326]);
    expect([found.get("2026-06-30"), found.get("2026-07-01")]).toEqual([units(10), units(20)]);
    expect(pacedDays(recent, history(older.map((one) => ({ ...one, source: "gone" }))), asOf, "effective").start).toBe("2026-07-01");
  });
  it.each([
    ["27 days without any charge", "2026-03-28", "2026-01-01"],
    ["28 days without any charge", "2026-03-29", "2026-03-29"],
  ])("%s: since %s, from %s on", (_, back, start) => {
    expect(days(older.filter(({ day }) => day < "2026-03-01" || day >= back)).start).toBe(start);
  });
  it("a source that paused in between begins anew", () => {
    expect(days(older.filter(({ day }) => day < "2026-06-01")).start).toBe("2026-07-01");
  });
  it("without a history they begin with the first charge", () => {
    const { start, detailsFrom } = pacedDays(recent, new Map(), asOf, "effective");
    expect([start, detailsFrom]).toEqual(["2026-07-01", "2026-07-01"]);
  });
});
