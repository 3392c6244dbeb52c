import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reviewOf } from "../../../src/core/review/review.ts";
import { splitParts } from "../../../src/core/split/lmdi.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { type ChargePart, charge, reviewInput, units } from "../../support/charges.ts";
import { runs } from "../../support/properties.ts";

/** A ledger keeps a day of a model in one row: its types of tokens are told apart by the prices that the bill tells. */

const [before, now] = ["2026-11-10", "2026-11-17"];
const [inputPrice, outputPrice, cachePrice] = [2, 8, 0.2];
interface Used {
  readonly requests: number;
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
}
const costOf = ({ input, output, cached = 0 }: Used) =>
  units((input * inputPrice + output * outputPrice + cached * cachePrice) / 1_000_000);
const row = (day: string, used: Used, part: ChargePart = {}) =>
  charge({
    day,
    model: "gpt-5",
    requests: used.requests,
    inputTokens: used.input,
    cacheReadTokens: used.cached ?? 0,
    outputTokens: used.output,
    cost: costOf(used),
    ...part,
  });
const earlier = charge({ day: "2026-11-01", provider: "AWS", cost: 1n });
const of = (...charges: ReturnType<typeof row>[]) => reviewOf(reviewInput({ charges: [earlier, ...charges] }));
const sentence = (review: ReturnType<typeof of>) => deltasSection(contextOf(review)).items[0]?.zone.text ?? "";

/** Both weeks, each on two days so that the rows tell the prices. */
const weeks = (last: Used, prior: Used) => [
  row(before, prior),
  row("2026-11-11", { requests: 1, input: 1_000_000, output: 10_000 }),
  row(now, last),
  row("2026-11-18", { requests: 1, input: 1_000_000, output: 10_000 }),
];
const long = { requests: 1_000, input: 10_000_000, output: 1_000_000 };

describe("rows that hold several types of tokens", () => {
  test("more output is no higher price", () => {
    const review = of(...weeks({ ...long, output: 2_000_000 }, long));
    expect(review.splits.get("openai/inference")).toMatchObject({ tokensPerRequest: 800n, price: 0n, volume: 0n });
    expect(sentence(review)).toContain("All of it is more or dearer tokens per request.");
  });

  test("nor is less from the cache, though no request holds more tokens", () => {
    const cached = (part: number) => ({ requests: 1_000, input: 10_000_000 - part, cached: part, output: 1_000_000 });
    const review = of(...weeks(cached(2_000_000), cached(8_000_000)));
    expect(review.splits.get("openai/inference")).toMatchObject({ tokensPerRequest: 1_080n, price: 0n });
  });

  test("are one type where the bill tells no prices, and dearer tokens show in the mean price", () => {
    const cut = (used: Used) => row(now, used, { cost: costOf(used) / 2n });
    const review = of(row(before, long), row("2026-11-11", { ...long, output: 500_000 }), cut(long));
    expect(review.typed.size).toBe(0);
    expect(sentence(review)).toContain("a lower mean price per token");
  });

  test("are one type where the bill tells no prices, also where the cache was used in one week only: the model has not begun or ended", () => {
    const cached = { ...long, input: 4_000_000, cached: 6_000_000 };
    const days = [
      row(before, cached),
      row("2026-11-11", cached, { cost: costOf(cached) * 2n }),
      row(now, long),
      row("2026-11-18", long, { cost: costOf(long) / 2n }),
    ];
    const review = of(...days);
    // 22 million tokens and 2,000 requests in both weeks: $51.60 became $42.00.
    expect(review.typed.size).toBe(0);
    expect(review.splits.get("openai/inference")).toMatchObject({ price: -960n, new: 0n, retired: 0n });
    expect(sentence(review)).toContain("All of it is a lower mean price per token.");
    expect(sentence(of(...days, row(now, { ...long, cached: 1_000 }, { requests: null, cost: units(10) })))).not.toContain("models");
  });

  test("that are used no longer are no models that are", () => {
    const cached = { requests: 1_000, input: 4_000_000, cached: 6_000_000, output: 1_000_000 };
    const review = of(
      row(before, cached),
      row("2026-11-11", { ...cached, input: 5_000_000, output: 2_000_000 }),
      ...weeks(long, long).slice(2),
    );
    expect(review.typed.size).toBeGreaterThan(0);
    expect(review.splits.get("openai/inference")).toMatchObject({ retired: -240n });
    expect(sentence(review)).toContain("-$2.40 types of tokens no longer used");
    const turned = of(
      ...weeks(long, long).slice(0, 2),
      row(now, cached),
      row("2026-11-18", { ...cached, input: 5_000_000, output: 2_000_000 }),
    );
    expect(sentence(turned)).toContain("+$2.40 types of tokens not used before");
  });

  test("are split as on rows of their own, to the cent", () => {
    const used = fc.record({
      requests: fc.integer({ min: 1, max: 900 }),
      input: fc.integer({ min: 1_000, max: 9_000_000 }),
      output: fc.integer({ min: 1_000, max: 9_000_000 }),
    });
    const apart = (day: string, { requests, input, output }: Used) => [
      row(day, { requests, input, output: 0 }, { inputTokens: input, outputTokens: 0, cost: units((input * inputPrice) / 1_000_000) }),
      row(
        day,
        { requests, input: 0, output },
        { requests: null, inputTokens: 0, outputTokens: output, cost: units((output * outputPrice) / 1_000_000) },
      ),
    ];
    fc.assert(
      fc.property(used, used, (last, prior) => {
        const [one, two] = [of(row(before, prior), row(now, last)), of(...apart(before, prior), ...apart(now, last))];
        const [split, other] = [one, two].map((review) => review.splits.get("openai/inference"));
        if (!one.typed.has("openai/inference") || split === undefined || other === undefined) return;
        for (const part of splitParts) expect(Number(split[part] - other[part])).toBeCloseTo(0, -0.5);
        expect(splitParts.reduce((sum, part) => sum + split[part], 0n)).toBe(one.total.change);
      }),
      runs(60),
    );
  });
});
