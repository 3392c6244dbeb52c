import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectNext } from "../../../src/core/anomaly/expectation.ts";
import { runs } from "../../support/properties.ts";
import { businessWeek, noisySeries } from "../../support/series.ts";

const none: boolean[] = [];

describe("expectNext", () => {
  it("says nothing before 14 days", () => {
    expect(expectNext(Array<number>(13).fill(5), none)).toBeNull();
    expect(expectNext(Array<number>(14).fill(5), none)).toMatchObject({ expected: 5, scale: 0.1 });
  });

  it("knows the weekday after some weeks", () => {
    const values = noisySeries(1, { days: 84, noise: 0 });
    for (let weekday = 0; weekday < 7; weekday++) {
      const next = expectNext(values.slice(weekday), none);
      const later = expectNext([...values, ...values.slice(0, weekday)], none);
      expect(next?.expected).toBeGreaterThan(40);
      expect((later?.expected ?? 0) / (100 * (businessWeek[weekday] ?? 1))).toBeCloseTo(1, 0);
    }
  });

  it("follows a new level within three weeks and is not moved by one day", () => {
    const flat = Array<number>(40).fill(10);
    expect(expectNext([...flat, 100], none)?.expected).toBeLessThan(14);
    expect(expectNext([...flat, ...Array<number>(12).fill(20)], none)?.expected).toBeCloseTo(20, 0);
  });

  it("days left out count neither for level nor for scale", () => {
    const values = [...Array<number>(30).fill(10), 90, 90, 90];
    const left = values.map((value) => value === 90);
    expect(expectNext(values, left)).toMatchObject({ expected: 10, scale: 0.2 });
  });

  it("a history that is left out nearly whole says nothing", () => {
    expect(expectNext(Array<number>(20).fill(10), Array<boolean>(20).fill(true))).toBeNull();
  });

  it("any series gives finite numbers and a scale that is not negative", () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: -1e6, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const next = expectNext(values, none);
        if (next === null) return;
        expect(Number.isFinite(next.expected) && Number.isFinite(next.scale) && next.scale >= 0).toBe(true);
      }),
      runs(300),
    );
  });
});
