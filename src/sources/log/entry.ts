import * as z from "zod/mini";
import { sourceCommon } from "../../core/settings/config.ts";
import { fieldKeys, mappedKeys, missingFields, place, type ReadyMapping } from "../mapped/fields.ts";
import { logMappings } from "./mappings.ts";

const names = Object.keys(logMappings) as [keyof typeof logMappings, ...(keyof typeof logMappings)[]];

/** What its entry under `sources` may say. */
export const schema = () =>
  z
    .strictObject({
      type: z.literal("log"),
      ...mappedKeys,
      /** The fields of a known log; `fields` may then be left out, or changes some of them. */
      mapping: z.optional(z.enum(names, `expected one of ${names.join(", ")}`)),
      /** Which field says what: a dotted path, or a JSON pointer that begins with a slash. */
      fields: z.optional(z.strictObject({ time: z.optional(place), ...fieldKeys })),
      /** Without it both are read. */
      timeFormat: z.optional(z.enum(["iso", "unix"], "expected iso or unix")),
      ...sourceCommon,
    })
    .check((context) => {
      const { mapping, fields } = context.value;
      const ready: ReadyMapping | undefined = mapping && logMappings[mapping];
      const missing = [
        ...(fields?.time === undefined && ready === undefined ? ["time"] : []),
        ...missingFields(fields, context.value, ready),
      ];
      if (missing.length === 0) return;
      const prices = missing.includes("cost") ? " (emptyCost: estimate prices the tokens of a log without costs)" : "";
      context.issues.push({
        code: "custom",
        input: fields,
        path: ["fields"],
        message: `names no field for ${missing.join(", ")}${prices}; add its path, or a fixed text such as currency: { constant: USD }, or name a mapping (${names.join(", ")})`,
      });
    });
export type LogConfig = z.infer<ReturnType<typeof schema>>;
