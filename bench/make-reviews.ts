/**
 * Writes a folder of held weekly reviews for measuring: config, ledger and Markdown as overpace makes them over the years, with the
 * answers of people filled in. The same arguments give the same bytes.
 *
 *   node bench/make-reviews.ts <reviews> <folder>
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { addDays, eachDay } from "../src/core/day.ts";
import type { Charge } from "../src/core/ledger/charge.ts";
import { dayKey, ledgerName } from "../src/core/ledger/ledger.ts";
import { printLedger } from "../src/core/ledger/print.ts";
import { weekBefore } from "../src/core/weeks.ts";
import { run } from "../src/run.ts";
import { randomFrom } from "./random.ts";

const [wanted = "520", folder = ""] = process.argv.slice(2);
const count = Number(wanted);
const newest = "2026-11-23";
/** Reviews and ledger files older than this many weeks are put aside while the next one is made: they change nothing in it. */
const kept = 64;

const models = [
  { provider: "OpenAI", service: "OpenAI API", model: "gpt-5", feature: "assistant", cost: 80 },
  { provider: "OpenAI", service: "OpenAI API", model: "gpt-5-mini", feature: "search", cost: 25 },
  { provider: "Anthropic", service: "Claude API", model: "claude-sonnet-4-5", feature: "agent", cost: 60 },
  { provider: "AWS", service: "Amazon Bedrock", model: "amazon.nova-pro", feature: "enrichment", cost: 30 },
];
const random = randomFrom(520);

function chargeOf(day: string, { provider, service, model, feature, cost }: (typeof models)[number], factor: number): Charge {
  const amount = BigInt(Math.round(cost * factor * (0.97 + 0.06 * random()) * 1e4)) * 100n;
  const key = { day, billingPeriod: `${day.slice(0, 7)}-01`, provider, service, model, source: "costs", currency: "USD", account: "acme" };
  return {
    ...key,
    category: "Usage",
    correction: false,
    frequency: "Usage-Based",
    project: "",
    apiKey: "",
    tags: JSON.stringify({ feature }),
    estimated: false,
    requests: Math.round(1000 * factor),
    inputTokens: 900_000,
    cacheReadTokens: 200_000,
    cacheWriteTokens: 0,
    outputTokens: 120_000,
    billed: amount,
    effective: amount,
  };
}

function ledgerOf(date: string): string {
  const factors = models.map(() => 0.97 + 0.06 * random());
  const days = eachDay(weekBefore(date).period);
  const charges = (day: string) => models.map((model, index) => chargeOf(day, model, factors[index] ?? 1));
  return printLedger(new Map(days.map((day) => [dayKey("costs", day), charges(day)])));
}

/** The review as two people leave it. */
function held(text: string): string {
  return text
    .replace(/^state:.*$/m, "state: held")
    .replace(/^minutes:.*$/m, "minutes: 26")
    .replace(/^outcome:.*$/m, "outcome: no-action-needed")
    .replace(/^actions:[^]*?(?=^previous:)/m, "actions: []\n")
    .replaceAll(/^- \*\*Expected:\*\*.*$/gm, "- **Expected:** yes")
    .replaceAll(/^- \*\*Why:\*\*.*$/gm, "- **Why:** Two customers were moved to the new assistant on Tuesday (acme/app#812).")
    .replaceAll(/^- \*\*Decision:\*\*.*$/gm, "- **Decision:** leave-as-is");
}

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function move(date: string, from: string, to: string): void {
  const { id } = weekBefore(date);
  for (const name of [`${id.slice(0, 4)}/${id}.md`, `${id.slice(0, 4)}/${id}.svg`, `ledger/${ledgerName(date, id)}`]) {
    // The first review has no chart: one week makes none.
    if (!existsSync(join(folder, from, name))) continue;
    mkdirSync(dirname(join(folder, to, name)), { recursive: true });
    renameSync(join(folder, from, name), join(folder, to, name));
  }
}

async function weekly(date: string): Promise<void> {
  const world = { env: {}, cwd: folder, now: () => new Date(`${date}T08:00:00Z`), isTerminal: false, fetch: globalThis.fetch, second: 0 };
  const said: string[] = [];
  const quiet = { write: () => undefined, log: (text: string) => void said.push(text) };
  const code = await run(["weekly", "--as-of", date, "--no-fetch"], { ...world, ...quiet });
  if (code !== 0) throw new Error(`weekly ended with ${code}: ${said.join("")}`);
}

put(
  "config/overpace.yaml",
  "owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, name: costs, path: costs.csv }]\ntags: [feature]\n",
);
const dates = Array.from({ length: count }, (_, index) => addDays(newest, -7 * (count - 1 - index)));
for (const [index, date] of dates.entries()) {
  const { id } = weekBefore(date);
  put(`reviews/ledger/${ledgerName(date, id)}`, ledgerOf(date));
  await weekly(date);
  const name = `reviews/${id.slice(0, 4)}/${id}.md`;
  put(name, held(readFileSync(join(folder, name), "utf8")));
  if (index >= kept) move(dates[index - kept] ?? "", "reviews", "aside");
}
for (const date of dates.slice(0, Math.max(0, count - kept))) move(date, "aside", "reviews");
rmSync(join(folder, "aside"), { recursive: true, force: true });
