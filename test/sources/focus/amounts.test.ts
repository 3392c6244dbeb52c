import { tmpdir } from "node:os";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Decimal, parseDecimal } from "../../../src/core/money.ts";
import { withEngine } from "../../../src/sources/engine/duckdb.ts";
import { literal } from "../../../src/sources/engine/literal.ts";
import { amountSql, countSql, wideLimits } from "../../../src/sources/focus/query/values.ts";
import { runs } from "../../support/properties.ts";

/** Texts that are nearly numbers: digits with all that a spreadsheet, a program or a mistake may put among them. */
const nearly = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."0123456789.-+eE_, xX"), minLength: 1, maxLength: 12 }),
  fc
    .tuple(
      fc.constantFrom("", "-", "+"),
      fc.stringMatching(/^\d{0,16}$/),
      fc.stringMatching(/^(\.\d{0,26})?$/),
      fc.constantFrom("", "e-3", "E2", "e-12"),
    )
    .map((parts) => parts.join("")),
);
const same = (a: Decimal, b: Decimal) => a.units * 10n ** BigInt(b.scale) === b.units * 10n ** BigInt(a.scale);

test("the engine reads as money what the rules call a number, exactly, and nothing else", async () => {
  await withEngine(tmpdir(), async ({ query }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(nearly, { minLength: 50, maxLength: 200 }), async (texts) => {
        const [fast, wide] = (["fast", "wide"] as const).map((amounts) => `CAST(${amountSql("v", amounts, "text", "VARCHAR")} AS VARCHAR)`);
        const rows = await query(
          `SELECT v, ${fast}, ${wide}, CAST(${countSql("v", false)} AS VARCHAR) FROM (VALUES ${texts.map((text) => `(${literal(text)})`).join(", ")}) AS t(v)`,
        );
        for (const [text, fast, wide, count] of rows) {
          const number = parseDecimal((text ?? "").trim());
          const whole = number === null ? 0n : number.units / 10n ** BigInt(number.scale);
          const fits = number !== null && whole < 10n ** BigInt(wideLimits.whole) && whole > -(10n ** BigInt(wideLimits.whole));
          expect([text, wide !== null]).toEqual([text, fits]);
          // Odd exponents and spaces are harmless in a number of tokens, and a closer look at every row is not.
          if (count !== null && !/e| $/i.test(text ?? "")) expect([text, number]).not.toEqual([text, null]);
          if (fast !== null) expect([text, number !== null && same(number, parseDecimal(fast ?? "") ?? number)]).toEqual([text, true]);
          if (number !== null && number.scale <= wideLimits.decimals && fits)
            expect(same(number, parseDecimal(wide ?? "") ?? { units: -1n, scale: 9 })).toBe(true);
        }
      }),
      runs(30),
    );
  });
});
