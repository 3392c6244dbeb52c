import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { compareCharges, deliver, type ExactRow } from "../../../src/core/ledger/delivery.ts";
import { decimalToMicros, divideRounded, parseDecimal, sum } from "../../../src/core/money.ts";

const zero = { units: 0n, scale: 0 };

function row(part: Partial<Omit<ExactRow, "billed" | "effective">> & { billed?: string; effective?: string }): ExactRow {
  const { billed = "0", effective = "0", ...rest } = part;
  return {
    day: "2026-10-05",
    lastDay: null,
    billingPeriod: "2026-10-01",
    provider: "OpenAI",
    service: "Inference",
    category: "Usage",
    correction: false,
    frequency: "Usage-Based",
    currency: "USD",
    model: "",
    account: "",
    project: "",
    apiKey: "",
    tags: "",
    source: "costs",
    estimated: false,
    requests: null,
    inputTokens: null,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    outputTokens: null,
    ...rest,
    billed: parseDecimal(billed) ?? zero,
    effective: parseDecimal(effective) ?? zero,
  };
}

const read = (rows: readonly ExactRow[], options: { asOf?: string; settlingDays?: number } = {}) =>
  deliver({ source: "costs", rows, asOf: options.asOf ?? "2026-11-23", settlingDays: options.settlingDays ?? 0, warnings: ["kept"] });

describe("deliver", () => {
  test("rows of one key are added exactly before they are rounded, and counters with them", () => {
    const rows = Array.from({ length: 10 }, () => row({ effective: "0.00000004", requests: 1 }));
    const { charges, warnings } = read([...rows, row({ effective: "0", inputTokens: 5 })]);
    expect(charges).toEqual([expect.objectContaining({ effective: 0n, requests: 10, inputTokens: 5, outputTokens: null })]);
    expect(read([...rows, ...rows]).charges[0]?.effective).toBe(1n);
    expect(warnings).toEqual(["kept"]);
    expect(Object.keys(charges[0] ?? {})).not.toContain("lastDay");
  });

  test("each day adds up to its rounded exact total, billed and effective each", () => {
    const { charges } = read(["a", "b", "c"].map((service) => row({ service, billed: "1.0000004", effective: "0.0000004" })));
    expect(sum(charges.map((charge) => charge.billed))).toBe(3_000_001n);
    expect(sum(charges.map((charge) => charge.effective))).toBe(1n);
  });

  test("a charge longer than a day is spread over its days, parts and counters adding up to it", () => {
    const { charges } = read([row({ day: "2026-10-01", lastDay: "2026-10-03", category: "Purchase", effective: "10", requests: 4 })]);
    expect(charges.map(({ day, effective, requests }) => [day, effective, requests])).toEqual([
      ["2026-10-01", 3_333_334n, 2],
      ["2026-10-02", 3_333_333n, 1],
      ["2026-10-03", 3_333_333n, 1],
    ]);
  });

  test("each counter of a charge longer than a day is spread by itself", () => {
    const counters = { requests: 2, inputTokens: 20, cacheReadTokens: 200, cacheWriteTokens: 2000, outputTokens: 20_000 };
    const { charges } = read([row({ day: "2026-10-01", lastDay: "2026-10-02", ...counters })]);
    const half = { requests: 1, inputTokens: 10, cacheReadTokens: 100, cacheWriteTokens: 1000, outputTokens: 10_000 };
    expect(charges).toMatchObject([half, half]);
  });

  test("a part and a row of the same key become one charge", () => {
    const { charges } = read([
      row({ day: "2026-10-01", lastDay: "2026-10-02", effective: "2", billed: "4", requests: 2 }),
      row({ day: "2026-10-02", effective: "5", billed: "7", requests: 10 }),
    ]);
    expect(charges.map(({ day, effective, billed, requests }) => [day, effective, billed, requests])).toEqual([
      ["2026-10-01", 1_000_000n, 2_000_000n, 1],
      ["2026-10-02", 6_000_000n, 9_000_000n, 11],
    ]);
  });

  test("one row whose costs are one amount says nothing of the others of its day", () => {
    const amount = { units: 3n, scale: 0 };
    const rows = [{ ...row({ service: "a" }), billed: amount, effective: amount }, row({ service: "b", billed: "5", effective: "1" })];
    expect(read(rows).charges.map(({ billed, effective }) => [billed, effective])).toEqual([
      [3_000_000n, 3_000_000n],
      [5_000_000n, 1_000_000n],
    ]);
  });

  test("counts of a key that add up to more than a number holds exactly are refused", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(read([row({ requests: most - 1 }), row({ requests: 1 })]).charges).toMatchObject([{ requests: most }]);
    expect(() => read([row({ outputTokens: most }), row({ outputTokens: 1 })])).toThrow(
      "source `costs` counts 9007199254740992 outputTokens of OpenAI · Inference on 2026-10-05, more than any count can be",
    );
  });

  test("days on or after the review date are dropped, also of a charge that reaches over it", () => {
    const { charges, settledThrough } = read([row({ day: "2026-11-22", effective: "1" }), row({ day: "2026-11-23", effective: "1" })]);
    expect(charges.map(({ day }) => day)).toEqual(["2026-11-22"]);
    expect(settledThrough).toBe("2026-11-22");
    const fee = read([row({ day: "2026-11-01", lastDay: "2026-11-30", category: "Purchase", effective: "30" })]);
    expect(fee.charges).toHaveLength(22);
    expect(fee.settledThrough).toBe("2026-11-22");
  });

  test("nothing before the review date: no charge, no range, no settled day", () => {
    expect(read([row({ day: "2026-11-23" })])).toEqual({
      source: "costs",
      ranges: [],
      charges: [],
      settledThrough: null,
      warnings: ["kept"],
    });
  });
});

describe("settledThrough", () => {
  const fee = row({ day: "2026-10-01", lastDay: "2026-10-31", category: "Purchase", frequency: "Recurring", effective: "31" });

  test("usage decides, and parts of a fee after it are dropped", () => {
    const { charges, settledThrough, ranges } = read([fee, row({ day: "2026-10-08", effective: "1" })]);
    expect(settledThrough).toBe("2026-10-08");
    expect(charges.at(-1)?.day).toBe("2026-10-08");
    expect(ranges).toEqual([{ start: "2026-10-01", end: "2026-10-09" }]);
  });

  test("usage decides beside a tax line of one day", () => {
    const tax = row({ day: "2026-10-12", category: "Tax", effective: "1" });
    expect(read([fee, tax, row({ day: "2026-10-08", effective: "1" })]).settledThrough).toBe("2026-10-12");
  });

  test("a tax line of one day does not decide while there is no usage of a day", () => {
    const { charges, settledThrough } = read([fee, row({ day: "2026-10-01", category: "Tax", effective: "1" })]);
    expect(settledThrough).toBe("2026-10-31");
    expect(charges.at(-1)?.day).toBe("2026-10-31");
  });

  test("usage on or after the review date decides nothing", () => {
    expect(read([fee, row({ day: "2026-10-20" })], { asOf: "2026-10-10" }).settledThrough).toBe("2026-10-09");
  });

  test("settlingDays are taken off, across a month", () => {
    expect(read([row({ day: "2026-11-01" })], { settlingDays: 3 }).settledThrough).toBe("2026-10-29");
  });
});

describe("ranges", () => {
  test("one for each billing period, from its first to its last delivered day", () => {
    const { ranges } = read([
      row({ day: "2026-11-03", billingPeriod: "2026-11-01" }),
      row({ day: "2026-10-30" }),
      row({ day: "2026-10-02" }),
    ]);
    expect(ranges).toEqual([
      { start: "2026-10-02", end: "2026-10-31" },
      { start: "2026-11-03", end: "2026-11-04" },
    ]);
  });

  test("a billing period that only corrects earlier months answers for no day", () => {
    const { ranges } = read([row({ day: "2026-09-30", billingPeriod: "2026-10-01", correction: true, effective: "-1" })]);
    expect(ranges).toEqual([]);
  });

  test("two billing periods in one month make one range", () => {
    const { ranges } = read([row({ day: "2026-10-02" }), row({ day: "2026-10-20", billingPeriod: "2026-10-15" })]);
    expect(ranges).toEqual([{ start: "2026-10-02", end: "2026-10-21" }]);
  });

  test("a day that an earlier billing period bills, too, belongs to the range of its own", () => {
    const { ranges } = read([row({ day: "2026-10-02", billingPeriod: "2026-09-01" }), row({ day: "2026-10-02" })]);
    expect(ranges).toEqual([{ start: "2026-10-02", end: "2026-10-03" }]);
  });

  test("parts of a yearly purchase in later months do not claim those months", () => {
    const { ranges, charges } = read([
      row({ day: "2026-09-01", lastDay: "2027-08-31", billingPeriod: "2026-09-01", category: "Purchase", effective: "365" }),
    ]);
    expect(charges.at(-1)?.day).toBe("2026-11-22");
    expect(ranges).toEqual([{ start: "2026-09-01", end: "2026-10-01" }]);
  });
});

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => ({ units, scale }));
const counts = fc.option(fc.nat(1_000_000), { nil: null });
const rowsOf = (length: fc.Arbitrary<number | null>) =>
  fc.array(
    fc
      .record({
        offset: fc.nat(40),
        length,
        billed: amounts,
        effective: amounts,
        service: fc.constantFrom("a", "b", "c"),
        tags: fc.constantFrom("", "{}"),
        category: fc.constantFrom("Usage", "Tax"),
        requests: counts,
        outputTokens: counts,
      } as const)
      .map(({ offset, length: days, ...rest }): ExactRow => {
        const day = addDays("2026-09-20", offset);
        return { ...row({}), ...rest, day, lastDay: days === null ? null : addDays(day, days) };
      }),
    { maxLength: 40 },
  );
const mixed = rowsOf(fc.option(fc.integer({ min: 1, max: 45 }), { nil: null }));

describe("for any rows", () => {
  test("the order of the rows does not matter, and there is one charge for each key, in order", () => {
    fc.assert(
      fc.property(
        mixed.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        ([rows, shuffled]) => {
          const delivery = read(rows, { asOf: "2026-11-01" });
          expect(read(shuffled, { asOf: "2026-11-01" })).toEqual(delivery);
          expect(delivery.charges.slice(1).every((charge, index) => compareCharges(delivery.charges[index] ?? charge, charge) < 0)).toBe(
            true,
          );
        },
      ),
    );
  });

  test("charges of at most a day add up to the rounded exact total of each day", () => {
    fc.assert(
      fc.property(rowsOf(fc.constant(null)), (rows) => {
        const { charges } = read(rows, { asOf: "2027-01-01" });
        for (const day of new Set(rows.map((part) => part.day))) {
          for (const field of ["billed", "effective"] as const) {
            const exact = sum(
              rows.filter((part) => part.day === day).map((part) => part[field].units * 10n ** BigInt(12 - part[field].scale)),
            );
            expect(sum(charges.filter((charge) => charge.day === day).map((charge) => charge[field]))).toBe(
              divideRounded(exact, 10n ** 6n),
            );
          }
        }
      }),
    );
  });

  test("long charges add up to the whole, one part for each of their days", () => {
    fc.assert(
      fc.property(rowsOf(fc.integer({ min: 1, max: 45 })), (rows) => {
        for (const long of rows) {
          const { charges } = read([long], { asOf: "2027-01-01" });
          expect(charges.map((charge) => charge.day)).toEqual(eachDay({ start: long.day, end: addDays(long.lastDay ?? "", 1) }));
          expect(sum(charges.map((charge) => charge.effective))).toBe(decimalToMicros(long.effective));
          expect(sum(charges.map((charge) => charge.billed))).toBe(decimalToMicros(long.billed));
          expect(charges.reduce((total, charge) => total + (charge.requests ?? 0), 0)).toBe(long.requests ?? 0);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("every range lies in one month and starts and ends on delivered days", () => {
    fc.assert(
      fc.property(mixed, (rows) => {
        const { charges, ranges } = read(rows);
        const days = new Set(charges.map((charge) => charge.day));
        for (const { start, end } of ranges)
          expect([days.has(start), days.has(addDays(end, -1)), start.slice(0, 7)]).toEqual([true, true, addDays(end, -1).slice(0, 7)]);
        expect(ranges.slice(1).every((range, index) => (ranges[index]?.end ?? "") <= range.start)).toBe(true);
      }),
    );
  });
});
