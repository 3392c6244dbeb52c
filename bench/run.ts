/**
 * Measures overpace against its peers in the same run and prints ratios as Markdown: `npm run bench` (all), or with the names of suites,
 * such as `npm run bench -- ingest`. BENCH_PAIRS (default 5), BENCH_ROWS (1,000,000) and BENCH_REVIEWS (520) change the size.
 * Build first: npm run build.
 */
import { actions } from "./suites/actions.ts";
import { check } from "./suites/check.ts";
import { formats } from "./suites/formats.ts";
import { ingest } from "./suites/ingest.ts";
import { log } from "./suites/log.ts";
import { quality } from "./suites/quality.ts";
import { startup } from "./suites/startup.ts";
import type { Suite } from "./suites/suite.ts";

const suites: Readonly<Record<string, Suite>> = { startup, check, ingest, formats, actions, log, quality };
const size = {
  pairs: Number(process.env["BENCH_PAIRS"] ?? 5),
  rows: Number(process.env["BENCH_ROWS"] ?? 1_000_000),
  reviews: Number(process.env["BENCH_REVIEWS"] ?? 520),
};

const named = process.argv.slice(2);
const strange = named.find((name) => !Object.hasOwn(suites, name));
if (strange !== undefined) throw new Error(`no suite ${strange}; there are ${Object.keys(suites).join(", ")}`);
for (const [name, suite] of Object.entries(suites)) if (named.length === 0 || named.includes(name)) process.stdout.write(suite(size));
