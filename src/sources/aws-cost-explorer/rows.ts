import type { ExactRow } from "../../core/ledger/delivery.ts";
import { namedRow, type namer } from "../http/names.ts";
import { usageRow } from "../http/row.ts";
import { countersOf, modelOf } from "./bedrock.ts";
import type { Line } from "./costs.ts";
import type { Cut } from "./cut.ts";
import { account, type Dimension, service, usageType } from "./dimension.ts";
import { type Kind, kindOf } from "./record-type.ts";

/** True for a line by service and type of charge that is no usage. */
export const isOther = (line: Line) => kindOf(line.keys[1] ?? "")?.category !== "Usage";

/** What all rows of one reading have in common. */
export interface Common {
  readonly source: string;
  readonly currency: string;
  readonly accountName: ReturnType<typeof namer>;
}

function rowOf({ source, currency }: Common, { day, billed, effective }: Line, more: Partial<ExactRow> & Pick<ExactRow, "service">) {
  return usageRow({ day, provider: "AWS", currency, source, billed, effective, ...more });
}

/** Rows of usage; tags and categories that a line is without are left out. */
export function usageRows(common: Common, { dimensions, lines }: Cut): ExactRow[] {
  return lines.map((line) => {
    const of = (dimension: Dimension) => line.keys[dimensions.indexOf(dimension)] ?? "";
    const tags = dimensions.flatMap(({ Type, Key }, index) => (Type === "DIMENSION" || !line.keys[index] ? [] : [[Key, line.keys[index]]]));
    const isCut = dimensions.includes(usageType);
    return rowOf(common, line, {
      ...(isCut ? { ...modelOf(of(service), of(usageType)), ...countersOf(of(usageType), line.quantity) } : { service: of(service) }),
      ...namedRow("account", of(account), common.accountName),
      tags: tags.length === 0 ? "" : JSON.stringify(Object.fromEntries(tags.sort())),
    });
  });
}

const unknown: Kind = { category: "Adjustment", frequency: null };

/** Rows of what is no usage: taxes, credits, refunds, fees, discounts; those of a model of the marketplace stand where its usage does. */
export function otherRows(common: Common, overview: readonly Line[]): ExactRow[] {
  return overview
    .filter(isOther)
    .map((line) => rowOf(common, line, { service: modelOf(line.keys[0] ?? "", "").service, ...(kindOf(line.keys[1] ?? "") ?? unknown) }));
}

/** True for a row without money and tokens. */
export const isNothing = ({ billed, effective, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: ExactRow) =>
  billed.units === 0n && effective.units === 0n && !inputTokens && !cacheReadTokens && !cacheWriteTokens && !outputTokens;
