import type { ProviderAttribution } from "../attribution/attribution.ts";
import { providerKey } from "../attribution/names.ts";
import { addDays, contains } from "../day.ts";
import { centsText, percentChange } from "../format.ts";
import type { Restatement } from "../ledger/restatement.ts";
import { sum, toCents } from "../money.ts";
import { countedOf } from "../review/counted.ts";
import type { Rename } from "../review/deltas/renames.ts";
import { slug } from "../slug.ts";
import type { Explanation, Facts, Named, Term } from "./explanation.ts";
import { dailyRows, percentRounding } from "./rows.ts";
import { cents, full, nearest, percentage, plain } from "./terms.ts";

function sums(list: readonly Restatement[]): { readonly before: bigint; readonly after: bigint } {
  const total = (pick: (day: Restatement) => bigint) => toCents(sum(list.map(pick)));
  return { before: total((day) => day.before), after: total((day) => day.after) };
}

/** What days that were final moved by, and those that were not, where there are both: the review tells them apart. */
function byState(list: readonly Restatement[]): Term[] {
  const states = [
    { name: "of days that were final", days: list.filter(({ wasOpen }) => !wasOpen) },
    { name: "of days that were not final", days: list.filter(({ wasOpen }) => wasOpen) },
  ];
  if (states.some(({ days }) => days.length === 0)) return [];
  return states.flatMap(({ name, days }) => {
    const { before, after } = sums(days);
    return [cents(`${name}, before`, before), cents(`${name}, after`, after), cents(`${name}, after − before`, after - before)];
  });
}

/** Days of one source and provider that an earlier review saw with another amount. */
function restatedExplanation(list: readonly Restatement[]): Explanation {
  const { before, after } = sums(list);
  return {
    value: centsText(after - before),
    formula: "what the days cost now − what the ledger files of earlier reviews hold of them",
    terms: [
      cents("before", before),
      cents("after", after),
      ...byState(list),
      ...list.flatMap((day) => [full(`${day.day} before`, day.before), full(`${day.day} after`, day.after)]),
    ],
    rounding: "both sums added exactly, each to the nearest cent",
    rows: [],
  };
}

function renameExplanation(facts: Facts, { dimension, within, from, to, since, days, before, after }: Rename): Explanation {
  const until = addDays(since, days);
  const rows = dailyRows(facts, (charge) => {
    const around = dimension === "provider" ? [] : dimension === "model" ? [charge.provider, charge.service] : [charge.provider];
    return (
      charge.category === "Usage" &&
      contains({ start: since, end: until }, charge.day) &&
      around.join("\0") === within.join("\0") &&
      (charge[dimension] === from || charge[dimension] === to)
    );
  });
  return {
    value: centsText(toCents(after)),
    formula: `what ${from} and ${to} cost together from ${since} until before ${until}, against ${from} on the same weekdays before: less than a fifth apart`,
    terms: [plain("days compared", days), nearest("a week before", before)],
    rounding: "to the nearest cent (a half goes away from zero)",
    rows,
  };
}

function attributedExplanation(facts: Facts, { provider, billed, attributed, percent, computed }: ProviderAttribution): Explanation {
  const { ready } = countedOf(facts.input);
  const key = providerKey(provider);
  return {
    value: centsText(attributed),
    formula: `the part of what ${provider} billed for usage of the last 7 days of which attribution sources say whose it is`,
    terms: [
      cents("billed", billed),
      percentage("of which is attributed", percent),
      ...computed.flatMap(({ source, amount }) => [
        cents(`computed by ${source}, through the last day that is billed`, amount),
        cents("above or below the bill", amount - billed),
        percentage("in percent", percentChange(amount, billed)),
      ]),
    ],
    rounding: `added exactly, to the nearest cent; percentages ${percentRounding}`,
    rows: dailyRows(
      facts,
      (charge) =>
        charge.category === "Usage" &&
        contains(facts.review.period, charge.day) &&
        providerKey(charge.provider) === key &&
        ready.isShared(charge),
      ready.parts,
    ),
  };
}

/** What earlier reviews saw otherwise, what is likely renamed, and whose costs bills are. */
export function changedParts({ review: { restatements, renames, attribution } }: Facts): Named[] {
  const restated = Map.groupBy(restatements, ({ source, provider }) => `restatements.${slug(source)}/${slug(provider)}`);
  return [
    ...[...restated].map(([name, list]): Named => [name, () => restatedExplanation(list)]),
    ...renames.map((rename, index): Named => [`renames.${index + 1}`, (facts) => renameExplanation(facts, rename)]),
    ...attribution.map((one): Named => [`attribution.${slug(one.provider)}`, (facts) => attributedExplanation(facts, one)]),
  ];
}
