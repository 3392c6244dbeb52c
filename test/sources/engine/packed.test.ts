import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareCharges } from "../../../src/core/ledger/delivery.ts";
import { dailyRow, type Line, rowsOf, type Shared, unpacked } from "../../../src/sources/engine/packed.ts";
import { charge, type ChargePart } from "../../support/charges.ts";
import { runs } from "../../support/properties.ts";

const shared = (part: ChargePart): Shared & { readonly billingPeriod: string } => ({ ...charge(part), lastDay: null });
const zero = { units: 0n, scale: 0 };
const none = { requests: null, inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };
const read = (lines: readonly Line<ReturnType<typeof shared>>[]) =>
  rowsOf(lines, 2, ({ shared, texts }, first, day) =>
    texts[first + 1] === ""
      ? null
      : dailyRow(shared, {
          day,
          billingPeriod: shared.billingPeriod,
          billed: { units: BigInt(texts[first + 1] ?? ""), scale: 0 },
          effective: zero,
          ...none,
        }),
  );

describe("lines", () => {
  test("no text is no day", () => expect([unpacked(null), unpacked(""), unpacked("a,,b")]).toEqual([[], [], ["a", "", "b"]]));

  test("one day that cannot be counted leaves nothing", () => {
    const line = { shared: shared({}), texts: ["2026-10-05", "1", "2026-10-06", ""] };
    expect(read([line])).toBeNull();
  });

  test("become rows in the order of charges, each day of each line once", () => {
    const name = fc.constantFrom("", "a", "B", "é");
    const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-10-${String(date).padStart(2, "0")}`);
    const line = fc.record({ provider: name, model: name, tags: name, days: fc.uniqueArray(day, { minLength: 1, maxLength: 5 }) });
    const lines = fc.uniqueArray(line, { maxLength: 12, selector: ({ provider, model, tags }) => [provider, model, tags].join("|") });
    fc.assert(
      fc.property(lines, (all) => {
        const rows = read(
          all.map(({ days, ...fields }, at) => ({ shared: shared(fields), texts: days.flatMap((one) => [one, String(at)]) })),
        );
        expect(rows?.map(({ day, billed }) => `${billed.units} ${day}`).sort()).toEqual(
          all.flatMap(({ days }, at) => days.map((one) => `${at} ${one}`)).sort(),
        );
        for (const [at, row] of (rows ?? []).entries()) {
          const before = rows?.[at - 1];
          if (before !== undefined) expect(compareCharges(before, row)).toBe(-1);
        }
      }),
      runs(200),
    );
  });
});
