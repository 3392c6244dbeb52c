import type { Spent, UnitCost } from "../economics/unit-cost.ts";
import { type Micros, microsText } from "../money.ts";
import type { Review } from "../review/review.ts";
import type { Explanation } from "./explanation.ts";

const rounding = "from exact amounts and counts, to the nearest millionth (a half goes away from zero); printed in cents";

function spentTerms({ last7, prior7 }: { last7: Spent; prior7: Spent }, what: string) {
  return [
    { name: "cost of the last 7 days", value: microsText(last7.cost) },
    { name: `${what} of the last 7 days`, value: microsText(last7.count) },
    { name: "cost of the prior 7 days", value: microsText(prior7.cost) },
    { name: `${what} of the prior 7 days`, value: microsText(prior7.count) },
    { name: "days of each week that are counted", value: `${last7.known}, ${prior7.known}` },
  ];
}

function unitExplanation({ name, of, per, isMean, last7, spent }: UnitCost): Explanation {
  const what =
    of === "bill" ? "requests on the bill, and all that their models cost" : `${name}, against all cost of the days that are known`;
  const mean = isMean ? "; users are the mean of a day, the cost is set to seven days" : "";
  const value = (cost: Micros | undefined) => (cost === undefined ? "none" : microsText(cost));
  return {
    value: value(last7?.cost),
    formula: `cost × ${per} ÷ number: ${what}${mean}`,
    terms: spentTerms(spent, of === "bill" ? "requests" : name),
    rounding,
    rows: [],
  };
}

/** What units cost and the share of revenue, by their names in `analyze --json`. */
export function economicExplanations({ economics }: Review): (readonly [string, Explanation])[] {
  const { requests, units, margin } = economics;
  return [
    ...(requests === null ? [] : [["unitEconomics.requests.last7", unitExplanation(requests.cost)] as const]),
    ...units.map((unit) => [`unitEconomics.units.${unit.name}`, unitExplanation(unit)] as const),
    ...(margin === null
      ? []
      : [
          [
            "unitEconomics.margin.last7.cost",
            {
              value: microsText(margin.last7.cost),
              formula: `all cost of the days on which ${margin.name} is known; as a share it stands against the revenue of these days`,
              terms: spentTerms(margin, margin.name),
              rounding,
              rows: [],
            },
          ] as const,
        ]),
  ];
}
