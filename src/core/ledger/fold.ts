import { absolute } from "../money.ts";
import { byNames } from "./by-names.ts";
import { type Charge, idFields, identified, identityOf } from "./charge.ts";
import { addCounter, counterFields, keyFields } from "./delivery.ts";

/** What stands in place of details that were folded away. */
export const folded = "(other)";

/** The details of a charge that may be folded, as one text. */
function detailOf(charge: Charge): string {
  let text = `${charge.provider}\0${charge.service}\0${charge.model}\0${charge.tags}`;
  for (const field of identified) text += `\0${identityOf(charge, field)}`;
  return text;
}

function withoutDetail({ accountId, projectId, apiKeyId, ...charge }: Charge): Folded {
  return { ...charge, model: folded, account: folded, project: folded, apiKey: folded, tags: "" };
}

/** What charges became without their details, while more are added. */
type Folded = { -readonly [field in keyof Charge]: Charge[field] };

/** Adds a charge, in place: there are many. */
function add(sum: Folded, charge: Charge): void {
  if (charge.list !== undefined) sum.list = (sum.list ?? 0n) + charge.list;
  sum.billed += charge.billed;
  sum.effective += charge.effective;
  for (const field of counterFields) sum[field] = addCounter(sum[field], charge[field]);
}

/** True for what was folded before. */
const isFolded = (charge: Charge) => charge.model === folded && charge.account === folded;

/** What may be folded. */
const details: readonly string[] = ["model", "account", "project", "apiKey", "tags", ...Object.values(idFields)];
const lasting = keyFields.filter((field) => !details.includes(field));

function isAlike(a: Charge, b: Charge): boolean {
  for (const field of lasting) if (a[field] !== b[field]) return false;
  return (a.list === undefined) === (b.list === undefined);
}

/** What is left of each charge without its details, as a number: folded charges with the same become one. Neighbours mostly have. */
function restsOf(charges: readonly Charge[]): number[] {
  const numbers = new Map<string, number>();
  let number = 0;
  return charges.map((charge, index) => {
    const before = charges[index - 1];
    if (before !== undefined && isAlike(before, charge)) return number;
    let text = charge.list === undefined ? "" : "list";
    for (const field of lasting) text += `\0${charge[field]}`;
    number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

/** Folds every charge that is not kept; what then has one key becomes one charge, so totals do not change. */
function foldExcept(charges: readonly Charge[], isKept: (charge: Charge, index: number) => boolean, rests = restsOf(charges)): Charge[] {
  const rows: Charge[] = [];
  const sums = new Map<number, Folded>();
  for (const [index, charge] of charges.entries()) {
    if (isKept(charge, index) && !isFolded(charge)) {
      rows.push(charge);
      continue;
    }
    const [rest = 0] = [rests[index]];
    const known = sums.get(rest);
    if (known !== undefined) {
      add(known, charge);
      continue;
    }
    const sum = withoutDetail(charge);
    sums.set(rest, sum);
    rows.push(sum);
  }
  return rows;
}

/** Charges of one detail, by their places, and what they weigh. */
interface Detail {
  readonly name: string;
  readonly places: number[];
  weight: bigint;
}

/** All details, the heaviest first. */
function detailsOf(charges: readonly Charge[]): Detail[] {
  const known = new Map<string, Detail>();
  const find = byNames((charge) => {
    const name = detailOf(charge);
    const detail = known.get(name) ?? { name, places: [], weight: 0n };
    known.set(name, detail);
    return detail;
  });
  for (const [place, charge] of charges.entries()) {
    const detail = find(charge);
    detail.places.push(place);
    detail.weight += absolute(charge.effective) + absolute(charge.billed) + absolute(charge.list ?? 0n);
  }
  return [...known.values()].sort((a, b) => (a.weight === b.weight ? (a.name < b.name ? -1 : 1) : a.weight > b.weight ? -1 : 1));
}

/** How many of the first details can stay as they are when the rest is folded and at most so many rows are to come of all. */
function keptOf(details: readonly Detail[], rests: readonly number[], most: number): number {
  const folds = new Set<number>();
  let whole = rests.length;
  let kept = details.length;
  while (kept > 0 && whole + folds.size > most) {
    kept -= 1;
    const { places = [] } = details[kept] ?? {};
    whole -= places.length;
    for (const place of places) folds.add(rests[place] ?? 0);
  }
  return kept;
}

/**
 * At most `most` rows, or as many as there are without any detail: above that the details (model, account, project, key, tags) with the
 * smallest cost over all charges are folded into `(other)`. Provider, service, day and category stay, so totals and service deltas do not change.
 */
export function fold(charges: readonly Charge[], most: number): readonly Charge[] {
  if (charges.length <= most) return charges;
  const [details, rests] = [detailsOf(charges), restsOf(charges)];
  const kept = new Set(details.slice(0, keptOf(details, rests, most)).flatMap(({ places }) => places));
  return foldExcept(charges, (_, place) => kept.has(place), rests);
}

/** `fresh` folded as far as `known` was, so that the two can be compared. */
export function foldTo(known: readonly Charge[], fresh: readonly Charge[]): readonly Charge[] {
  if (!known.some(isFolded)) return fresh;
  const details = new Set(known.map(detailOf));
  return foldExcept(fresh, (charge) => details.has(detailOf(charge)));
}
