import { writeFileSync } from "node:fs";
import * as z from "zod/mini";
import { allocationSchema } from "../src/core/settings/allocation.ts";
import { configSchema } from "../src/core/settings/config.ts";
import { planSchema } from "../src/core/settings/plan.ts";
import { pricesSchema } from "../src/core/settings/prices-schema.ts";
import { frontMatterSchema } from "../src/document/front-matter/schema.ts";
import { sourceSchema } from "../src/sources/index.ts";

const schemas = {
  overpace: configSchema(sourceSchema()),
  plan: planSchema,
  allocation: allocationSchema,
  prices: pricesSchema,
  review: frontMatterSchema,
};

/** The text of each JSON Schema by file name: what editors complete and check the files of `config/` and reviews with. */
function schemaTexts(): Map<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), null, 2)}\n`,
    ]),
  );
}

/** The schemas by the file they belong in, as seen from here; reviews find theirs beside the folders of the years. */
export function schemaFiles(): Map<string, string> {
  const texts = schemaTexts();
  const files = [...texts].map(([name, text]) => [`schemas/${name}`, text] as const);
  return new Map([...files, ["../reviews/review.schema.json", texts.get("review.schema.json") ?? ""]]);
}

if (import.meta.main) {
  for (const [name, text] of schemaFiles()) writeFileSync(new URL(name, import.meta.url), text);
}
