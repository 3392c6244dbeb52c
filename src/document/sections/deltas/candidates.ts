import type { Candidate } from "../../../core/candidates/candidate.ts";
import { percentGrown, percentText, shareText } from "../../../core/format.ts";
import type { Review } from "../../../core/review/review.ts";
import { shortList } from "../../../core/short-list.ts";
import { markdownText } from "../../../core/text.ts";
import { blocks, bullets, nameText } from "../../markdown.ts";
import { printer } from "../context.ts";
import { modelText } from "../shared/models.ts";
import { countText } from "../shared/unit-costs.ts";

const count = (number: number) => countText(BigInt(Math.round(number * 100)) * 10_000n);
const moved = (weeks: { last7: number; prior7: number }) => percentText(percentGrown(weeks));

/** A model, and the feature, where one is allocated. */
function whereText(review: Review, { path }: Candidate): string {
  const [name, feature] = [modelText(review, path), path[3]];
  return feature === undefined ? name : `${name} for ${markdownText(feature)}`;
}

/** What was seen, and what would prove that nothing can be saved. */
function textOf(review: Review, candidate: Candidate): string {
  const { micros } = printer(review);
  const where = whereText(review, candidate);
  switch (candidate.kind) {
    case "prompts": {
      const { tokensPerRequest, requests } = candidate;
      return `prompts of ${where} grew from ${count(Math.round(tokensPerRequest.prior7))} to ${count(Math.round(tokensPerRequest.last7))} input tokens a request (${moved(tokensPerRequest)}) over ${count(requests)} requests. Wrong if the longer prompts earn their cost.`;
    }
    case "creep": {
      const { tokensPerRequest, requests } = candidate;
      const [first = 0, last = 0] = [tokensPerRequest[0], tokensPerRequest.at(-1)];
      const way = tokensPerRequest.map((tokens) => count(Math.round(tokens))).join(" → ");
      return `prompts of ${where} grew week by week: ${way} input tokens a request (${moved({ last7: last, prior7: first })}) over ${count(requests)} requests. Wrong if the longer prompts earn their cost.`;
    }
    case "cache": {
      const { hitRate, tokens } = candidate;
      return `the cache served ${shareText(hitRate.last7 * 100)} of the input of ${where} instead of ${shareText(hitRate.prior7 * 100)}; ${count(tokens)} tokens more were paid in full. Wrong if requests came too far apart for a cache.`;
    }
    case "retries": {
      const { requestsPerUnit, metric, without } = candidate;
      const began = without.length === 0 ? "" : `, without what began this week (${shortList(without.map(markdownText))})`;
      return `${markdownText(metric)} took ${count(requestsPerUnit.last7)} requests each instead of ${count(requestsPerUnit.prior7)} (${moved(requestsPerUnit)})${began}: look for retries and loops. Wrong if a feature makes more requests by design.`;
    }
    case "cheaper": {
      const { cheaper, cost, wouldCost, isMean } = candidate;
      const price = isMean
        ? `the mean price of a token of ${markdownText(cheaper)} on the bill of both weeks`
        : `the prices that the bill of both weeks tells for ${markdownText(cheaper)}`;
      return `the tokens of ${where} would have cost ${micros(wouldCost)} instead of ${micros(cost)} at ${price}. Wrong if its answers are worse or longer: measure first.`;
    }
    case "batch": {
      const { cost, discountPercent, path } = candidate;
      return `the models of ${nameText(path)} cost ${micros(cost)} outside batches, which are ${shareText(discountPercent)} cheaper by the configuration. Wrong if somebody waits for its answers.`;
    }
  }
}

/** Possible savings, the largest first; nothing where none is worth a line. */
export function candidatesBlock(review: Review): string | null {
  const { candidates } = review;
  if (candidates.length === 0) return null;
  const { micros } = printer(review);
  const lines = candidates.map((candidate) => `**Up to ${micros(candidate.saving)} a week:** ${textOf(review, candidate)}`);
  const overlap = candidates.length > 1 ? " They may overlap: do not add them up." : "";
  return blocks([`**Candidates for savings**, none of them proven.${overlap}`, bullets(lines)]);
}
