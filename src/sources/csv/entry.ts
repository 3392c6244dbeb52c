import * as z from "zod/mini";
import { sourceCommon } from "../../core/settings/config.ts";
import { fieldKeys, mappedKeys, missingFields, place, type ReadyMapping } from "../mapped/fields.ts";
import { csvMappings } from "./mappings.ts";

const names = Object.keys(csvMappings) as [keyof typeof csvMappings, ...(keyof typeof csvMappings)[]];

/** How the text of a CSV is to be read, whatever its columns. */
export const csvKeys = {
  ...mappedKeys,
  delimiter: z._default(z.enum([",", ";", "|", "tab"], 'expected ",", ";", "|" or tab'), ","),
  dayFormat: z._default(z.enum(["iso", "us", "eu", "unix"], "expected iso, us, eu or unix"), "iso"),
  decimal: z._default(z.enum(["point", "comma"], "expected point or comma"), "point"),
};

/** What its entry under `sources` may say. */
export const schema = () =>
  z
    .strictObject({
      type: z.literal("csv"),
      ...csvKeys,
      /** The columns of a known export; `columns` may then be left out, or changes some of them. */
      mapping: z.optional(z.enum(names, `expected one of ${names.join(", ")}`)),
      /** Which column says what. */
      columns: z.optional(z.strictObject({ day: z.optional(place), ...fieldKeys })),
      ...sourceCommon,
    })
    .check((context) => {
      const { mapping, columns } = context.value;
      const ready: ReadyMapping | undefined = mapping && csvMappings[mapping];
      const missing = [
        ...(columns?.day === undefined && ready === undefined ? ["day"] : []),
        ...missingFields(columns, context.value, ready),
      ];
      if (missing.length === 0) return;
      context.issues.push({
        code: "custom",
        input: columns,
        path: ["columns"],
        message: `names no column for ${missing.join(", ")}; add the column's name, or a fixed text such as currency: { constant: USD }, or name a mapping (${names.join(", ")})`,
      });
    });
export type CsvConfig = z.infer<ReturnType<typeof schema>>;
