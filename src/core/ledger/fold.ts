import { type Charge, idFields, identified, identityOf } from "./charge.ts";
import { addCounters, keyFields } from "./delivery.ts";
import { absolute, sum } from "../money.ts";

/** What stands in place of details that were folded away. */
const folded = "(other)";

/** The details of a charge that may be folded, as one text. */
function detailOf(charge: Charge): string {
  let text = `${charge.provider}\0${charge.service}\0${charge.model}\0${charge.tags}`;
  for (const field of identified) text += `\0${identityOf(charge, field)}`;
  return text;
}

function withoutDetail({ accountId, projectId, apiKeyId, ...charge }: Charge): Charge {
  return { ...charge, model: folded, account: folded, project: folded, apiKey: folded, tags: "" };
}

function add(a: Charge, b: Charge): Charge {
  const list = a.list === undefined && b.list === undefined ? {} : { list: (a.list ?? 0n) + (b.list ?? 0n) };
  return { ...a, ...addCounters(a, b), ...list, billed: a.billed + b.billed, effective: a.effective + b.effective };
}

/** True for what was folded before. */
const isFolded = (charge: Charge) => charge.model === folded && charge.account === folded;

/** What may be folded. */
const details: readonly string[] = ["model", "account", "project", "apiKey", "tags", ...Object.values(idFields)];
const lasting = keyFields.filter((field) => !details.includes(field));

/** What is left of a charge without its details, as one text: folded charges with the same become one. */
function restOf(charge: Charge): string {
  let text = charge.list === undefined ? "" : "list";
  for (const field of lasting) text += `\0${charge[field]}`;
  return text;
}

/** Folds every charge that is not kept; what then has one key becomes one charge, so totals do not change. */
function foldExcept(charges: readonly Charge[], kept: ReadonlySet<Charge>): Charge[] {
  const rows: Charge[] = [];
  const places = new Map<string, number>();
  for (const charge of charges) {
    if (kept.has(charge) && !isFolded(charge)) {
      rows.push(charge);
      continue;
    }
    const rest = restOf(charge);
    const place = places.get(rest) ?? rows.length;
    const known = rows[place];
    rows[place] = known === undefined ? withoutDetail(charge) : add(known, charge);
    places.set(rest, place);
  }
  return rows;
}

/** Charges of one detail, and what they weigh. */
interface Detail {
  readonly name: string;
  readonly charges: readonly Charge[];
  readonly weight: bigint;
}

/** All details, the heaviest first. */
function detailsOf(charges: readonly Charge[]): Detail[] {
  const weightOf = ({ billed, effective, list = 0n }: Charge) => absolute(effective) + absolute(billed) + absolute(list);
  const details = [...Map.groupBy(charges, detailOf)].map(([name, own]) => ({ name, charges: own, weight: sum(own.map(weightOf)) }));
  return details.sort((a, b) => (a.weight === b.weight ? (a.name < b.name ? -1 : 1) : a.weight > b.weight ? -1 : 1));
}

/** How many of the first details can stay as they are when the rest is folded and at most so many rows are to come of all. */
function keptOf(details: readonly Detail[], most: number): number {
  const rests = new Set<string>();
  let whole = details.reduce((count, { charges }) => count + charges.length, 0);
  let kept = details.length;
  while (kept > 0 && whole + rests.size > most) {
    kept -= 1;
    const { charges = [] } = details[kept] ?? {};
    whole -= charges.length;
    for (const charge of charges) rests.add(restOf(charge));
  }
  return kept;
}

/**
 * At most `most` rows, or as many as there are without any detail: above that the details (model, account, project, key, tags) with the
 * smallest cost over all charges are folded into `(other)`. Provider, service, day and category stay, so totals and service deltas do not change.
 */
export function fold(charges: readonly Charge[], most: number): readonly Charge[] {
  if (charges.length <= most) return charges;
  const details = detailsOf(charges);
  const kept = details.slice(0, keptOf(details, most));
  return foldExcept(charges, new Set(kept.flatMap((detail) => detail.charges)));
}

/** `fresh` folded as far as `known` was, so that the two can be compared. */
export function foldTo(known: readonly Charge[], fresh: readonly Charge[]): readonly Charge[] {
  if (!known.some(isFolded)) return fresh;
  const details = new Set(known.map(detailOf));
  return foldExcept(fresh, new Set(fresh.filter((charge) => details.has(detailOf(charge)))));
}
