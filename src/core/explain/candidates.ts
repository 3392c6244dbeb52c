import { isBatch } from "../candidates/batch.ts";
import { extraPrice } from "../candidates/cache.ts";
import { type Candidate, inputOf } from "../candidates/candidate.ts";
import { pricedOn, usageOfModel } from "../candidates/cheaper.ts";
import { inputCost, pricedInput } from "../candidates/prompts.ts";
import { additionalOf } from "../candidates/retries.ts";
import { contains } from "../day.ts";
import { type Usage, modelKey, usageBy, usageOf } from "../economics/usage.ts";
import { centsText, percentGrown } from "../format.ts";
import { type Charge, isLateCorrection } from "../ledger/charge.ts";
import { weekOf } from "../metrics/metric.ts";
import { sum, toCents } from "../money.ts";
import { countedOf } from "../review/counted.ts";
import { toldCounts } from "../review/data/told-counts.ts";
import { lastingOf } from "../review/findings/lasting.ts";
import { kindsBy } from "../slices/kind.ts";
import { unnamed } from "../slices/slice.ts";
import type { Explanation, Facts, Named, Row, Term } from "./explanation.ts";
import { dailyRows, percentValue } from "./rows.ts";
import { exactText, inFull, percentage, plain, pricedTerm } from "./terms.ts";

type Names = Pick<Usage, "provider" | "service" | "model" | "feature">;

/** The charges of the last 7 days that a candidate is about: money as it is, or split by what attribution sources say. */
function rowsIn(facts: Facts, isIn: (names: Names) => boolean, from: "money" | "parts" = "money"): Row[] {
  const { allocate, ...ready } = countedOf(facts.input).ready;
  const counts = (charge: Charge) => {
    const { provider, service, model, category, day } = charge;
    if (category !== "Usage" || model === "" || !contains(facts.review.period, day)) return false;
    return isIn({ provider: provider || unnamed, service: service || unnamed, model, feature: allocate(charge).feature });
  };
  return dailyRows(facts, counts, ready[from]);
}

/** The same added up over both weeks, by model and feature, as candidates are looked for. */
function usageIn({ input, review }: Facts): readonly Usage[] {
  const { ready } = countedOf(input);
  const bothWeeks = { start: review.prior.start, end: review.period.end };
  const daily = ready.money.filter((charge) => contains(bothWeeks, charge.day) && !isLateCorrection(charge));
  const kindOf = kindsBy(ready);
  return usageOf(toldCounts(daily, review, kindOf, input.costBasis).take(daily), review, kindOf, input.costBasis);
}

/** Usage of one service, model and, where it is named, feature. */
function isAbout({ path: [provider = "", service = "", model = "", feature = ""] }: Candidate) {
  return (one: Names) => one.provider === provider && one.service === service && one.model === model && one.feature === feature;
}

/** The usage that a candidate was found in. */
function foundIn(facts: Facts, candidate: Candidate): Usage[] {
  return usageIn(facts).filter(isAbout(candidate));
}

const both = (name: string, weeks: { readonly last7: number; readonly prior7: number }): Term[] => [
  plain(`${name}, prior 7 days`, weeks.prior7),
  plain(`${name}, last 7 days`, weeks.last7),
  percentage("which is", percentGrown(weeks)),
];

/** A rate of both weeks, as a share of one and in percent. */
const rates = (name: string, { last7, prior7 }: { readonly last7: number; readonly prior7: number }): Term[] => [
  plain(`${name}, prior 7 days`, `${prior7} (${percentValue(prior7 * 100)})`),
  plain(`${name}, last 7 days`, `${last7} (${percentValue(last7 * 100)})`),
];

type Told = Pick<Explanation, "formula" | "terms" | "rows">;

function retriesTold(facts: Facts, { metric, requestsPerUnit, without }: Extract<Candidate, { kind: "retries" }>): Told {
  const isIn = ({ feature }: Names) => !without.includes(feature);
  const lasting = lastingOf(usageIn(facts), facts.review, facts.review.sources);
  const all = usageBy(lasting.filter(isIn), modelKey);
  const models = all.filter(({ last7 }) => last7.requests > 0);
  const keys = new Set(models.map(modelKey));
  const found = facts.review.metrics.find(({ name }) => name === metric);
  const units = found ? Number(weekOf(found, "last7").value) / Number(weekOf(found, "prior7").value) : 1;
  const additional = additionalOf(all, units);
  return {
    formula: additional
      ? "for each model: cost × (1 − prior requests × last ÷ prior of the metric ÷ last requests), where that is above zero"
      : "cost of the models whose requests are counted × (1 − prior ÷ last requests for one of the metric), as models began or ended",
    terms: [
      ...both(`requests for one of ${metric}`, requestsPerUnit),
      plain("cost of the models whose requests are counted", exactText(sum(models.map(({ last7 }) => last7.cost)))),
      ...(additional ?? []).map(({ model: { model, last7, prior7 }, cost }) =>
        plain(
          `additional requests of ${model}`,
          `${inFull(last7.cost)} × (1 − ${prior7.requests} × ${units} ÷ ${last7.requests}) = ${exactText(cost)}`,
        ),
      ),
    ],
    rows: rowsIn(facts, (one) => isIn(one) && keys.has(modelKey(one))),
  };
}

/** Input tokens a request over both weeks, or over those in which they grew bit by bit. */
function growthTerms(candidate: Extract<Candidate, { kind: "prompts" | "creep" }>): Term[] {
  if (candidate.kind === "prompts") return both("input tokens a request", candidate.tokensPerRequest);
  const last = candidate.tokensPerRequest.length - 1;
  const weeks = candidate.tokensPerRequest.map((tokens, week) =>
    plain(`input tokens a request, ${week === last ? "last 7 days" : `${last - week} weeks before`}`, tokens),
  );
  const [first = 0, now = 0] = [candidate.tokensPerRequest[0], candidate.tokensPerRequest[last]];
  return [...weeks, percentage("which is", percentGrown({ last7: now, prior7: first }))];
}

/** What the cost of the input is made of. */
function inputTerms(one: Usage): Term[] {
  const priced = pricedInput(one);
  if (priced !== null) return priced.map(pricedTerm);
  return [
    plain("cost", exactText(one.last7.cost)),
    plain("input tokens", inputOf(one.last7)),
    plain("output tokens", one.last7.tokens.outputTokens),
  ];
}

/** The tokens of a model at the prices of a cheaper one. */
function cheaperTerms(facts: Facts, { path: [provider, service, model], cheaper }: Extract<Candidate, { kind: "cheaper" }>): Term[] {
  const usage = usageIn(facts);
  const isOf = (one: Usage) => one.provider === provider && one.service === service && one.model === model;
  return usageBy(usage.filter(isOf), modelKey).flatMap(
    (one) => pricedOn(usageOfModel(usage, cheaper, one), one.last7)?.parts.map(pricedTerm) ?? [],
  );
}

function promptsTold(facts: Facts, candidate: Extract<Candidate, { kind: "prompts" | "creep" }>): Told {
  const before = candidate.kind === "prompts" ? "prior" : "first";
  return {
    formula: `cost of the input × (1 − ${before} ÷ last input tokens a request); the cost of the input by the prices that the bill tells, else cost × input tokens ÷ all tokens, at most`,
    terms: [
      ...growthTerms(candidate),
      plain("requests", candidate.requests),
      ...foundIn(facts, candidate).flatMap((one) => [
        ...inputTerms(one),
        plain(`cost of the input, ${one.service}`, exactText(inputCost(one))),
      ]),
    ],
    rows: rowsIn(facts, isAbout(candidate)),
  };
}

function told(facts: Facts, candidate: Candidate): Told {
  const about = isAbout(candidate);
  switch (candidate.kind) {
    case "prompts":
    case "creep":
      return promptsTold(facts, candidate);
    case "cache":
      return {
        formula: "(prior − last hit rate) × input tokens × (price of a token that is not cached − price of a cached one)",
        terms: [
          ...rates("tokens from the cache ÷ input tokens", candidate.hitRate),
          ...foundIn(facts, candidate).map((one) => plain("input tokens of the last 7 days", inputOf(one.last7))),
          plain("tokens that were paid in full instead", candidate.tokens),
          ...foundIn(facts, candidate).flatMap((one) => {
            const extra = extraPrice(one);
            return extra === null ? [] : [plain(`what a million of them costs more, ${one.service}`, extra.toFixed(6))];
          }),
        ],
        rows: rowsIn(facts, about),
      };
    case "retries":
      return retriesTold(facts, candidate);
    case "cheaper":
      return {
        formula: `cost − tokens × ${candidate.isMean ? `the mean price of a token of ${candidate.cheaper}` : `the prices of ${candidate.cheaper}`}, as the bill of both weeks tells`,
        terms: [
          plain("cost", exactText(candidate.cost)),
          ...cheaperTerms(facts, candidate),
          plain(`the same tokens on ${candidate.cheaper}`, exactText(candidate.wouldCost)),
        ],
        rows: rowsIn(facts, (one) => about({ ...one, feature: "" })),
      };
    case "batch":
      return {
        formula: "cost outside batches × the discount that the configuration states",
        terms: [plain("cost outside batches", exactText(candidate.cost)), plain("discount", `${candidate.discountPercent} %`)],
        rows: rowsIn(facts, (one) => one.feature === candidate.path[0] && !isBatch(one), "parts"),
      };
  }
}

/** Possible savings by their number in the review: `candidates.1` is the largest. */
export function candidateParts({ review: { candidates } }: Facts): Named[] {
  return candidates.map((candidate, index): Named => [
    `candidates.${index + 1}`,
    (facts) => ({
      value: centsText(toCents(candidate.saving)),
      ...told(facts, candidate),
      rounding:
        "ratios, rates and fitted prices are floating numbers; the amount to the nearest cent. The rows are the cost that it is a part of",
    }),
  ]);
}
