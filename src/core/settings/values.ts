import * as z from "zod/mini";
import { isDay } from "../day.ts";

/** What values of several settings files look like, and what is expected where they do not. */

/** A day; what is expected is said with an example that could stand there. */
export const dayLike = (example: string) =>
  z.string(`expected a day such as ${example}`).check(z.refine(isDay, `expected a day such as ${example}`));

export const day = dayLike("2026-11-16");

/** Text of at least a character. */
export const text = z.string().check(z.minLength(1));

/** A name with `*` for anything, as `matchesGlob` takes it. */
export const glob = z.string("expected text, * stands for anything").check(z.minLength(1, "is empty; use * for anything"));

/** A code of ISO 4217; that there is such a currency is not looked up. */
export const currency = z
  .string("expected a currency such as USD")
  .check(z.regex(/^[A-Z]{3}$/, "expected an ISO 4217 currency such as USD"));
