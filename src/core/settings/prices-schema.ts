import * as z from "zod/mini";
import type { Day } from "../day.ts";
import { type Decimal, parseDecimal } from "../money.ts";
import { currency, day, glob } from "./values.ts";

const amount = z.pipe(
  z.union([z.number(), z.string()], 'expected a price such as 2.5 or "0.0000025"'),
  z.transform((value, { issues }): Decimal => {
    const decimal = parseDecimal(String(value));
    if (decimal !== null && decimal.units >= 0n) return decimal;
    issues.push({ code: "custom", input: value, message: 'expected a price of zero or more, such as 2.5 or "0.0000025"' });
    return z.NEVER;
  }),
);

/** Which usage an entry is about: globs, and the days from `from` to before `until`. */
const scope = {
  provider: z.optional(glob),
  model: glob,
  account: z.optional(glob),
  project: z.optional(glob),
  apiKey: z.optional(glob),
  from: z.optional(day),
  until: z.optional(day),
  note: z.optional(z.string()),
};

interface Days {
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}
const isInOrder = ({ from, until }: Days) => from === undefined || until === undefined || from < until;
const order = {
  error: "ends before it begins; until is the first day on which it no longer holds",
  path: ["until"],
};

const priceSchema = z
  .strictObject({
    ...scope,
    /** For a million tokens. */
    input: z.optional(amount),
    cacheRead: z.optional(amount),
    cacheWrite: z.optional(amount),
    output: z.optional(amount),
    /** For each request. */
    request: z.optional(amount),
  })
  .check(
    z.refine(
      ({ input, output, request }) => (input ?? output ?? request) !== undefined,
      "names no price: input, output (for a million tokens) or request",
    ),
    z.refine(isInOrder, order),
  );

const factorSchema = z.strictObject({ ...scope, factor: amount }).check(z.refine(isInOrder, order));

/** `config/prices.yaml`: prices that go before the price list, and factors such as that of a batch API. Of each the first that matches counts. */
export const pricesSchema = z.strictObject({
  currency: z._default(currency, "USD"),
  prices: z._default(z.array(priceSchema), []),
  factors: z._default(z.array(factorSchema), []),
});
export type Prices = z.infer<typeof pricesSchema>;
