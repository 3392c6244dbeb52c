import * as z from "zod/mini";
import { type Day, eachDay } from "../../core/day.ts";
import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import { oneCurrency } from "../http/currency.ts";
import { allPages, nextPage } from "../http/pages.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { userText } from "../http/users.ts";
import type { SourceContext } from "../source.ts";
import { type AnthropicConfig, vendor } from "./entry.ts";
import { anthropicPeer } from "./peer.ts";
import { cents, text } from "./shapes.ts";

const count = z.int().check(z.minimum(0));
const record = z.object({
  date: z.string(),
  actor: z.object({ email_address: text, api_key_name: text }),
  customer_type: z.string(),
  model_breakdown: z.array(
    z.object({
      model: z.string(),
      tokens: z.object({ input: count, output: count, cache_read: count, cache_creation: count }),
      estimated_cost: z.object({ amount: cents, currency: z.string() }),
    }),
  ),
});
type Use = z.output<typeof record>;
const page = z.object({ data: z.array(record), has_more: z.boolean(), next_page: text });

/** The most records of a page; without it a page ends after twenty. And the requests under way at once. */
const [limit, most] = [1000, 4];

/** What everybody did on a UTC day: the report knows one day at a time. @throws Problem for a record of another day. */
async function usesOn(peer: Peer, day: Day): Promise<Use[]> {
  const uses = await allPages(peer.name, async (cursor) => {
    const query = { starting_at: day, limit, page: cursor ?? undefined };
    const answer = await askJson(peer, { path: "/v1/organizations/usage_report/claude_code", query }, page);
    return { items: answer.data, next: nextPage(peer.name, answer) };
  });
  const stranger = uses.find(({ date }) => date.slice(0, 10) !== day);
  if (stranger === undefined) return uses;
  throw new Problem(`${peer.name} was asked for ${day} and answered with a record of another day`, {
    remedy: "Please report this; nothing of this source was read.",
  });
}

/** Who it was: a key by its name, a person as the configuration lets it be shown. A name of a key with an address in it is a person's. */
function actorOf({ email_address, api_key_name }: Use["actor"], { users }: AnthropicConfig): Pick<ExactRow, "account" | "apiKey"> {
  const key = (api_key_name ?? "").trim();
  return key.includes("@") ? { account: userText(key, users), apiKey: "" } : { account: userText(email_address, users), apiKey: key };
}

/**
 * Usage of API customers stands under the provider that bills it, so that the bill is split by it. What subscriptions cover is on no bill of the API:
 * under the same provider it would take a share of costs that it did not cause.
 */
const providerOf = ({ customer_type }: Use) => (customer_type === "api" ? "Anthropic" : "Claude subscription");

/**
 * Reads who used Claude Code, by day, model, and key or person, with tokens and estimated costs: shares of the bill, no money.
 * @throws Problem when a day cannot be read in full; then nothing is delivered.
 */
export async function readClaudeCode(config: AnthropicConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = anthropicPeer(config, context.world);
  const asked = rangeToAsk(config, vendor, context);
  const days = await inParallel(eachDay(asked), most, async (day) => ({ day, uses: await usesOn(peer, day) }));
  const parts = days.flatMap(({ day, uses }) => uses.flatMap((use) => use.model_breakdown.map((part) => ({ day, use, part }))));
  const currency = oneCurrency(
    peer.name,
    parts.map(({ part }) => part.estimated_cost.currency),
  );
  const rows = parts.map(({ day, use, part: { model, tokens, estimated_cost } }) =>
    usageRow({
      day,
      provider: providerOf(use),
      service: "Claude Code",
      currency,
      source: config.name,
      billed: estimated_cost.amount,
      estimated: true,
      model,
      ...actorOf(use.actor, config),
      inputTokens: tokens.input,
      cacheReadTokens: tokens.cache_read,
      cacheWriteTokens: tokens.cache_creation,
      outputTokens: tokens.output,
    }),
  );
  // There is no record for a day on which nobody used it.
  return deliver({ source: config.name, rows, asOf: context.asOf, settlingDays: config.settlingDays, ranges: [asked], warnings: [] });
}
