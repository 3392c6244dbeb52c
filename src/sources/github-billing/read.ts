import { type Day, eachDay, type Period } from "../../core/day.ts";
import { deliver, type Delivery } from "../../core/ledger/delivery.ts";
import { decimalToMicros, microsText, sum } from "../../core/money.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import { rangeText } from "../http/days.ts";
import { peerOf } from "../http/peer.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import type { SourceContext } from "../source.ts";
import { creditsOf, type Line, linesOf, type Owner, ownerOf, type Part, partsOf } from "./bill.ts";
import { type GitHubBillingConfig, vendor } from "./entry.ts";
import { isCopilotUse, type Share, splitByModel } from "./models.ts";

const headersOf = (token: string) => ({
  authorization: `Bearer ${token}`,
  accept: "application/vnd.github+json",
  "x-github-api-version": "2026-03-10",
});
/** Requests under way at once. */
const most = 4;

/** A day of a part of the bill. */
interface Sheet {
  readonly day: Day;
  readonly part: Part;
  readonly lines: readonly Line[];
}

/** A day with Copilot's lines divided by model, and why they are not, where they are not. */
interface Divided extends Sheet {
  readonly shares: readonly Share[];
  readonly fault: string | null;
}

const whole = (line: Line): Share => ({ line, model: line.sku, net: line.netAmount });

async function divided(peer: Peer, owner: Owner, sheet: Sheet): Promise<Divided> {
  const copilot = sheet.lines.filter((line) => isCopilotUse(line));
  const rest = sheet.lines.filter((line) => !isCopilotUse(line)).map(whole);
  const payable = copilot.some(({ netAmount }) => netAmount.units !== 0n);
  if (!payable) return { ...sheet, shares: [...rest, ...copilot.map(whole)], fault: null };
  const reply = await creditsOf(peer, owner, sheet.day, sheet.part);
  const split = reply.ok ? splitByModel(copilot, reply.value.usageItems) : null;
  const fault = split ? null : reply.ok ? "GitHub's report by model does not agree with the bill" : reply.problem.message;
  return { ...sheet, shares: [...rest, ...(split ?? copilot.map(whole))], fault };
}

/** A product's name without the differences in spelling from report to report: `git_lfs` and `Git LFS`. */
export function serviceOf(product: string): string {
  const words = product.trim().toLowerCase().replaceAll(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function rowsOf({ day, part, shares }: Divided, source: string, { tagKeys }: SourceContext) {
  const tags = part.name !== "" && tagKeys.includes("cost_center") ? JSON.stringify({ cost_center: part.name }) : "";
  return shares
    .filter(({ net }) => net.units !== 0n)
    .map(({ line, model, net }) =>
      usageRow({
        day,
        provider: "GitHub",
        service: serviceOf(line.product),
        currency: "USD",
        source,
        model,
        account: line.organizationName,
        project: line.repositoryName,
        tags,
        billed: net,
      }),
    );
}

function warningsOf(sheets: readonly Divided[], source: string, { name }: Owner, asked: Period): string[] {
  const lines = sheets.flatMap((sheet) => sheet.lines);
  const gross = sum(lines.map(({ grossAmount }) => decimalToMicros(grossAmount)));
  const faults = sheets.flatMap(({ fault, day }) => (fault === null ? [] : [{ fault, day }]));
  const isFree = lines.every(({ netAmount }) => netAmount.units === 0n);
  return [
    ...(lines.length === 0
      ? [`source \`${source}\`: GitHub's bill of ${name} has no line for ${rangeText(asked)}; an enterprise may pay for it`]
      : []),
    ...(gross > 0n && isFree
      ? [
          `source \`${source}\`: usage of ${microsText(gross)} USD is within what is included or free (${rangeText(asked)}); nothing is payable`,
        ]
      : []),
    ...(faults[0]
      ? [
          `source \`${source}\` shows no models of Copilot on ${faults.length === 1 ? faults[0].day : `${faults.length} days from ${faults[0].day} on`}: ${faults[0].fault}`,
        ]
      : []),
  ];
}

/**
 * Reads what a bill of GitHub says of each day: what is payable, by product, stock-keeping unit, organization and repository; Copilot by model.
 * @throws Problem when a day cannot be read; then nothing is delivered.
 */
export async function readGitHubBilling(config: GitHubBillingConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = peerOf(config, vendor, context.world, headersOf);
  const owner = ownerOf(config);
  const asked = rangeToAsk(config, vendor, context);
  const parts = await partsOf(peer, owner, config);
  const wanted = eachDay(asked).flatMap((day) => parts.map((part) => ({ day, part })));
  const sheets = await inParallel(wanted, most, async ({ day, part }) => ({ day, part, lines: await linesOf(peer, owner, day, part) }));
  const days = await inParallel(sheets, most, (sheet) => divided(peer, owner, sheet));
  return deliver({
    source: config.name,
    rows: days.flatMap((day) => rowsOf(day, config.name, context)),
    asOf: context.asOf,
    settlingDays: config.settlingDays,
    ranges: [asked],
    warnings: warningsOf(days, config.name, owner, asked),
  });
}
