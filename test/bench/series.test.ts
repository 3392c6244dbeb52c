import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { noisySeries } from "../support/series.ts";

/** What the bench entry answers; anything else on standard output would not be JSON. */
function ask(kind: string, input: unknown) {
  const { stdout, stderr, status } = spawnSync("node", ["bench/series.ts", kind], { input: JSON.stringify(input), encoding: "utf8" });
  return { status, stderr, stdout, answer: status === 0 ? JSON.parse(stdout) : null };
}

const zeros = (count: number) => Array<number>(count).fill(0);
const part = { series: "s", start: "2026-01-01", asOf: "2026-03-10", monthDays: 31, cut: 10, provisionalDays: 0 };

describe("bench:series forecast", () => {
  const cases = [
    { id: "usual", ...part, values: noisySeries(1, { days: 69 }) },
    { id: "one value", ...part, values: [5], cut: 1 },
    { id: "none", ...part, values: [], cut: 0 },
    { id: "zeros", ...part, values: zeros(69) },
    { id: "closed", ...part, values: noisySeries(2, { days: 90 }), cut: 31 },
    { id: "all provisional", ...part, values: [4, 2], cut: 2, provisionalDays: 5 },
    { id: "february", ...part, values: noisySeries(3, { days: 45 }), cut: 14, monthDays: 28, provisionalDays: 2 },
  ];
  const input = { schema: "bench-forecast-in/1", cases };
  const { answer, stdout } = ask("forecast", input);

  it("answers every case in order, by the contract", () => {
    expect(answer).toMatchObject({ schema: "bench-forecast-out/1", method: expect.any(String) });
    expect(answer.results.map(({ id }: { id: string }) => id)).toEqual(cases.map(({ id }) => id));
    for (const [index, { monthTotal, daily }] of answer.results.entries()) {
      const { cut, monthDays } = cases[index] ?? part;
      expect(Object.keys(monthTotal)).toEqual(["point", "lo80", "hi80", "lo95", "hi95"]);
      expect(daily).toHaveLength(Math.max(monthDays - cut, 7));
      expect([...daily, ...Object.values(monthTotal)].every(Number.isFinite)).toBe(true);
    }
  });
  it("says the same on every run", () => expect(ask("forecast", input).stdout).toBe(stdout));
});

describe("bench:series anomaly", () => {
  const spiked = noisySeries(1, { days: 120, noise: 0.05 }).map((value, day) => (day === 100 ? value * 3 : day === 110 ? 0 : value));
  const cases = [
    { id: "spike and outage", start: "2026-01-04", values: spiked },
    { id: "one value", start: "2026-01-04", values: [5] },
    { id: "none", start: "2026-01-04", values: [] },
    { id: "zeros", start: "2026-01-04", values: zeros(90) },
    { id: "shift", start: "2026-01-04", values: [...Array<number>(60).fill(10), ...Array<number>(7).fill(20)] },
  ];
  const { answer } = ask("anomaly", { schema: "bench-anomaly-in/1", cases });
  const flagsOf = (id: string) => answer.results.find((result: { id: string }) => result.id === id).flags;

  it("answers every case in order, by the contract", () => {
    expect(answer).toMatchObject({ schema: "bench-anomaly-out/1", method: expect.any(String) });
    expect(answer.results.map(({ id }: { id: string }) => id)).toEqual(cases.map(({ id }) => id));
    expect(["one value", "none", "zeros"].flatMap(flagsOf)).toEqual([]);
    for (const flag of flagsOf("spike and outage"))
      expect(Object.keys(flag)).toEqual(["date", "direction", "expected", "lo", "hi", "class"]);
  });
  it("finds the day with direction, range and class", () => {
    expect(flagsOf("spike and outage")).toMatchObject([
      { date: "2026-04-14", direction: "up", class: "spike" },
      { date: "2026-04-24", direction: "down", class: "spike" },
    ]);
    expect(flagsOf("shift").map(({ class: kind }: { class: string }) => kind)).toEqual(Array<string>(7).fill("shift"));
  });
});

it("refuses what it does not know, in words", () => {
  expect(ask("weather", {})).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("expected one of: forecast, anomaly"),
  });
  expect(ask("forecast", { schema: "x" }).stdout).toBe("");
});
