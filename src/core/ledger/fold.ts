import { type Charge, type Counters, identified, identityOf } from "./charge.ts";
import { absolute } from "../money.ts";

/** What stands in place of details that were folded away. */
const folded = "(other)";

/** The details of a charge that may be folded, as one text. */
function detailOf(charge: Charge): string {
  return JSON.stringify([
    charge.provider,
    charge.service,
    charge.model,
    ...identified.map((field) => identityOf(charge, field)),
    charge.tags,
  ]);
}

function withoutDetail({ accountId, projectId, apiKeyId, ...charge }: Charge): Charge {
  return { ...charge, model: folded, account: folded, project: folded, apiKey: folded, tags: "" };
}

function addCounts(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0);
}

function add(a: Charge, b: Charge): Charge {
  const counts: Counters = {
    requests: addCounts(a.requests, b.requests),
    inputTokens: addCounts(a.inputTokens, b.inputTokens),
    cacheReadTokens: addCounts(a.cacheReadTokens, b.cacheReadTokens),
    cacheWriteTokens: addCounts(a.cacheWriteTokens, b.cacheWriteTokens),
    outputTokens: addCounts(a.outputTokens, b.outputTokens),
  };
  const list = a.list === undefined && b.list === undefined ? {} : { list: (a.list ?? 0n) + (b.list ?? 0n) };
  return { ...a, ...counts, ...list, billed: a.billed + b.billed, effective: a.effective + b.effective };
}

/** Folds every charge whose detail is not kept; what then has one key becomes one charge, so totals do not change. */
function foldExcept(charges: readonly Charge[], kept: ReadonlySet<string>): Charge[] {
  const merged = new Map<string, Charge>();
  for (const charge of charges) {
    const row = kept.has(detailOf(charge)) ? charge : withoutDetail(charge);
    const { billed, effective, list, requests, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, ...identity } = row;
    const key = JSON.stringify([identity, list === undefined]);
    const known = merged.get(key);
    merged.set(key, known ? add(known, row) : row);
  }
  return [...merged.values()];
}

/**
 * At most `most` rows: above that the details (model, account, project, key, tags) with the smallest cost over all charges are
 * folded into `(other)`. Provider, service, day and category stay, so totals and service deltas do not change.
 */
export function fold(charges: readonly Charge[], most: number): readonly Charge[] {
  if (charges.length <= most) return charges;
  const weight = new Map<string, bigint>();
  for (const charge of charges) {
    const detail = detailOf(charge);
    weight.set(detail, (weight.get(detail) ?? 0n) + absolute(charge.effective) + absolute(charge.billed) + absolute(charge.list ?? 0n));
  }
  const details = [...weight].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1)).map(([detail]) => detail);
  let low = 0;
  let high = details.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (foldExcept(charges, new Set(details.slice(0, middle))).length <= most) low = middle;
    else high = middle - 1;
  }
  return foldExcept(charges, new Set(details.slice(0, low)));
}

/** `fresh` folded as far as `known` was, so that the two can be compared. */
export function foldTo(known: readonly Charge[], fresh: readonly Charge[]): readonly Charge[] {
  if (!known.some((charge) => charge.model === folded && charge.account === folded)) return fresh;
  return foldExcept(fresh, new Set(known.map(detailOf)));
}
