import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { forecastFigures } from "../../bench/quality/forecasts.ts";
import { madeBill } from "../../bench/quality/made-bills.ts";
import { publicSeries } from "../../bench/quality/real-series.ts";

/** January to April 2026: March is the only whole month with eight weeks before it, and with days after it. */
const start = "2026-01-01";
const [march, april] = [59, 90];

describe("figures of the bench", () => {
  it("counts what the month spent before the last 14 days, where only those are known one by one", () => {
    const values = Array.from({ length: april }, (_, day) => (day === march ? 1000 : 10));
    expect(Number(forecastFigures([{ name: "a fee on the 1st", start, values }], 1)["F6 MdAPE, 14 days"])).toBeLessThan(1);
  });

  it("scores seven days from day 25 on, though the month has six", () => {
    const values = Array.from({ length: april + 6 }, (_, day) => (day < april ? 10 : 20));
    // One cut of five misses 10 of 80.
    expect(forecastFigures([{ name: "twice from April", start, values }], 1)["F3 MASE / WAPE 7 d"]).toMatch(/ \/ 2\.5$/);
  });
});

describe("a made bill", () => {
  const bill = madeBill(7);
  it("is the same for the same seed, another for another", () => {
    expect(madeBill(7)).toEqual(bill);
    expect(madeBill(8)[0]?.values).not.toEqual(bill[0]?.values);
  });
  it("is a total and its two dearest services, which it covers every day", () => {
    expect(bill).toHaveLength(3);
    const [total = [], dearest = [], second = []] = bill.map(({ values }) => values);
    expect(total.length).toBeGreaterThanOrEqual(240);
    total.forEach((value, day) => expect(value).toBeGreaterThanOrEqual((dearest[day] ?? NaN) + (second[day] ?? NaN) - 1e-5));
  });
});

describe("public series", () => {
  function folderWith(series: unknown): string {
    const folder = mkdtempSync(join(tmpdir(), "overpace-bench-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "daily-series.json"), JSON.stringify(series));
    return folder;
  }
  const one = { name: "a", kind: "volume", set: "tuned", start, values: [1, 2], source: "elsewhere" };

  it("are told apart by what they count and what they were used for", () => {
    const folder = folderWith([one, { ...one, name: "b", set: "new" }, { ...one, name: "c", kind: "cost", set: "new" }]);
    const names = Object.entries(publicSeries(folder)).map(([set, list]) => [set, list.map(({ name }) => name)]);
    expect(names).toEqual([
      ["public volume, tuned", ["a"]],
      ["public volume, new", ["b"]],
      ["public cost, new", ["c"]],
    ]);
  });
  it("are none where the file is not there", () => expect(publicSeries("nowhere")).toEqual({}));
  it("are refused where a value is no amount", () => expect(() => publicSeries(folderWith([{ ...one, values: [-1] }]))).toThrow());
});
