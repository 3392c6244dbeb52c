import type { ComparedModel, ListPrice } from "../economics/list-price.ts";
import { tokenTypes } from "../economics/prices.ts";
import { centsText } from "../format.ts";
import { compareCharges } from "../ledger/delivery.ts";
import { type Micros, microsText, toCents } from "../money.ts";
import { slug } from "../slug.ts";
import type { Explanation, Facts, Named, Row, Term } from "./explanation.ts";
import { percentRounding } from "./rows.ts";
import { exactly, nearest, percentage, plain, tokenNames } from "./terms.ts";

/** `1000000 input, 20000 output, 100 requests`: what the model was used for. */
function usedText({ rows }: ComparedModel): string {
  const total = (field: (typeof tokenTypes)[number] | "requests") => rows.reduce((sum, { charge }) => sum + (charge[field] ?? 0), 0);
  const tokens = tokenTypes.flatMap((type) => (total(type) === 0 ? [] : [`${total(type)} ${tokenNames[type]}`]));
  return `${tokens.join(", ")} tokens, ${total("requests")} requests`;
}

function rowsOf({ models }: ListPrice, amountOf: (row: ComparedModel["rows"][number]) => Micros): Row[] {
  return models
    .flatMap(({ rows }) => rows.map((row): Row => ({ charge: row.charge, amount: amountOf(row) })))
    .filter(({ amount }) => amount !== 0n)
    .sort((a, b) => compareCharges(a.charge, b.charge));
}

const unpricedTerms = ({ unpriced }: ListPrice): Term[] =>
  unpriced.length === 0 ? [] : [plain("without a known price, in neither amount", unpriced.join(", "))];

function billedExplanation(compared: ListPrice): Explanation {
  const { provider, source, billed, models } = compared;
  return {
    value: centsText(toCents(billed)),
    formula: `what ${provider} billed through ${source} in the settled days of the last 7 for models with money, tokens and a known price, whatever the cost basis of the review`,
    terms: [...models.map((one) => nearest(one.model, one.billed)), ...unpricedTerms(compared)],
    rounding: `${microsText(billed)} added exactly in millionths, to the nearest cent (a half goes away from zero)`,
    rows: rowsOf(compared, ({ charge }) => charge.billed),
  };
}

function listExplanation(compared: ListPrice): Explanation {
  const { list, billed, percent, models, priceList } = compared;
  return {
    value: centsText(toCents(list)),
    formula: `the tokens of the same days and models × the prices of their days: those of prices.yaml, else of ${priceList}; × the factors of prices.yaml`,
    terms: [
      ...models.flatMap((one) => [plain(`${one.model} was used for`, usedText(one)), exactly(`${one.model} at list price`, one.list)]),
      nearest("billed", billed),
      percentage("the bill against the list", percent),
      ...unpricedTerms(compared),
    ],
    rounding: `each model added exactly, then to the millionth; their sum ${microsText(list)} to the nearest cent; rows each to the millionth; the percentage ${percentRounding}`,
    rows: rowsOf(compared, ({ list: amount }) => amount),
  };
}

/** Bills set against the price list, by source and provider: `listPrices.openai/openai.list`. */
export function listPriceParts({ listPrices }: Facts): Named[] {
  return listPrices.flatMap((one): Named[] => {
    const name = `listPrices.${slug(one.source)}/${slug(one.provider)}`;
    return [
      [`${name}.list`, () => listExplanation(one)],
      [`${name}.billed`, () => billedExplanation(one)],
    ];
  });
}
