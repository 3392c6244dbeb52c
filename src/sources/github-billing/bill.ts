import * as z from "zod/mini";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { ask, type Reply } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { amount } from "../http/money.ts";
import type { GitHubBillingConfig } from "./entry.ts";

/** Whose bill is read: in words, and the folder of its reports. */
export interface Owner {
  readonly name: string;
  readonly path: string;
}

export function ownerOf({ organization, enterprise, user }: GitHubBillingConfig): Owner {
  if (organization !== undefined) return { name: `the organization ${organization}`, path: `/organizations/${organization}` };
  if (enterprise !== undefined) return { name: `the enterprise ${enterprise}`, path: `/enterprises/${enterprise}` };
  return { name: `the user ${user ?? ""}`, path: `/users/${user ?? ""}` };
}

/** Part of a bill that is asked for by itself: of an enterprise the usage of a cost center, or that of none. */
export interface Part {
  /** Null where there are no parts, `none` for what belongs to no cost center. */
  readonly id: string | null;
  readonly name: string;
}

const text = z._default(z.string(), "");
const line = z.object({
  date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}/)),
  product: z.string(),
  sku: z.string(),
  unitType: z.string(),
  grossAmount: amount,
  netAmount: amount,
  organizationName: text,
  repositoryName: text,
});
export type Line = z.output<typeof line>;
const report = z.object({ usageItems: z.array(line) });

const credit = z.object({ model: z.string(), netAmount: amount });
export type Credit = z.output<typeof credit>;
const credits = z.object({ usageItems: z.array(credit) });

const centers = z.object({ costCenters: z.array(z.object({ id: z.string(), name: z.string() })) });

/** From this day on Copilot is billed in credits, before in premium requests. */
const firstOfCredits = "2026-06-01";

async function read<S extends z.ZodMiniType>(
  peer: Peer,
  { path, name }: Owner,
  report: string,
  query: Readonly<Record<string, string | number | undefined>>,
  schema: S,
): Promise<Reply<z.output<S>>> {
  const reply = await ask(peer, { path: `${path}/settings/billing/${report}`, query }, schema);
  if (reply.ok || reply.status !== 404) return reply;
  // GitHub says 404 where 403 is meant, too.
  const problem = new Problem(`GitHub shows this token no bill of ${name} (404)`, {
    remedy: `Check the name; that the token's owner may see the bill at all; and that it is on the enhanced billing platform. ${peer.help.scope}`,
  });
  return { ...reply, problem };
}

/** All three are always sent: what is left out GitHub fills in with the present. */
const dateOf = (day: Day) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) });

/** The lines of one day. @throws Problem when they are refused, or are of another day. */
export async function linesOf(peer: Peer, owner: Owner, day: Day, { id }: Part): Promise<Line[]> {
  const query = { ...dateOf(day), cost_center_id: id === "none" ? undefined : (id ?? undefined) };
  const reply = await read(peer, owner, "usage", query, report);
  if (!reply.ok) throw reply.problem;
  const stranger = reply.value.usageItems.find(({ date }) => date.slice(0, 10) !== day);
  if (stranger === undefined) return reply.value.usageItems;
  throw new Problem(`GitHub was asked for ${day} and answered with a line of ${stranger.date.slice(0, 10)}`, {
    remedy: "Please report this; nothing of this source was read, as days could be counted twice.",
  });
}

/** What Copilot cost on one day by model: the same money as in the lines. */
export function creditsOf(peer: Peer, owner: Owner, day: Day, { id }: Part): Promise<Reply<{ usageItems: Credit[] }>> {
  const name = day < firstOfCredits ? "premium_request/usage" : "ai_credit/usage";
  return read(peer, owner, name, { ...dateOf(day), cost_center_id: id ?? undefined }, credits);
}

/** The parts of a bill that together are all of it: a report of an enterprise leaves out what belongs to a cost center. */
export async function partsOf(peer: Peer, owner: Owner, { enterprise }: GitHubBillingConfig): Promise<Part[]> {
  if (enterprise === undefined) return [{ id: null, name: "" }];
  const reply = await read(peer, owner, "cost-centers", {}, centers);
  if (!reply.ok) throw reply.problem;
  return [{ id: "none", name: "" }, ...reply.value.costCenters];
}
