import * as z from "zod/mini";
import { type Decimal, decimalToMicros, microsPerCent, microsText, sum, zero } from "../../core/money.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { amount, fromCents } from "../http/money.ts";
import { allPages } from "../http/pages.ts";

const page = z.object({
  teamMemberSpend: z.array(z.object({ spendCents: z.optional(z.nullable(amount)) })),
  subscriptionCycleStart: z.number(),
  totalPages: z.optional(z.nullable(z.int())),
});
const pageSize = 100;

/** Cursor's own sum of what the team owes on top of its plan, from the start of the billing cycle until now. */
async function spendOfCycle(peer: Peer): Promise<{ readonly start: number; readonly micros: bigint }> {
  let start = 0;
  const members = await allPages(peer.name, async (cursor) => {
    const number = Number(cursor ?? 1);
    const answer = await askJson(peer, { path: "/teams/spend", body: { page: number, pageSize } }, page);
    start = answer.subscriptionCycleStart;
    return { items: answer.teamMemberSpend, next: number < (answer.totalPages ?? 1) ? String(number + 1) : null };
  });
  return { start, micros: sum(members.map(({ spendCents }) => decimalToMicros(fromCents(spendCents ?? zero)))) };
}

/**
 * A sentence when the charged events of the running billing cycle add up to more than Cursor's own sum of it, which holds today too: then one
 * of the two counts what the other does not. The sum itself is never counted.
 */
export async function excessOverSpend(
  peer: Peer,
  source: string,
  charged: readonly { readonly timestamp: number; readonly cost: Decimal }[],
): Promise<string[]> {
  const { start, micros } = await spendOfCycle(peer);
  const events = sum(charged.filter(({ timestamp }) => timestamp >= start).map(({ cost }) => decimalToMicros(cost)));
  if (events <= micros + microsPerCent) return [];
  return [
    `source \`${source}\`: the charged events of this billing cycle add up to ${microsText(events)} USD, but Cursor's own sum is ${microsText(micros)} USD; compare with the invoice`,
  ];
}
