import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { calendar } from "./made/calendar.ts";
import { gateway } from "./made/gateway.ts";
import { money } from "./made/money.ts";
import { names } from "./made/names.ts";
import { product } from "./made/product.ts";
import { renames } from "./made/renames.ts";

/** The cost files of every scenario whose costs are made here, by scenario and name. `node test/scenarios/make.ts` writes them. */
export const made: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...calendar,
  ...gateway,
  ...money,
  ...names,
  ...product,
  ...renames,
};

if (import.meta.main) {
  for (const [scenario, files] of Object.entries(made)) {
    for (const [name, text] of Object.entries(files)) {
      const path = join(import.meta.dirname, scenario, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
}
