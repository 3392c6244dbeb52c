import { addDays, eachDay } from "../../../src/core/day.ts";
import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** One use, as the vendor keeps it. */
export interface Event {
  readonly at: string;
  readonly email: string;
  readonly model: string;
  readonly kind: string;
  readonly chargeable: boolean;
  readonly cents: number;
  /** Input, output, cache write, cache read; null where the call is not counted in tokens. */
  readonly tokens: readonly [number, number, number, number] | null;
}

/** A team; `spendCents` is Cursor's own sum of the billing cycle, by member. */
export interface Team {
  readonly events: readonly Event[];
  readonly cycleStart: string;
  readonly spendCents: readonly number[];
}

const said = (status: number, message: string): Refusal => refuse(status, { code: "error", message });

function refusalOf({ headers }: Asked): Refusal | null {
  const [scheme, value = ""] = (headers.authorization ?? "").split(" ");
  const [user = "", password] = Buffer.from(value, "base64").toString().split(":");
  if (scheme !== "Basic" || password !== "") return said(401, "Unauthorized: Basic authentication expected");
  return user.startsWith("key_") ? null : said(401, `Invalid API Key ${user}`);
}

interface Body {
  readonly startDate?: unknown;
  readonly endDate?: unknown;
  readonly page?: number;
  readonly pageSize?: number;
}
const mostMilliseconds = 30 * 86_400_000;

function shapeOf({ at, email, model, kind, chargeable, cents, tokens }: Event) {
  const [inputTokens, outputTokens, cacheWriteTokens, cacheReadTokens] = tokens ?? [];
  return {
    timestamp: String(Date.parse(at)),
    userEmail: email,
    model,
    kind,
    maxMode: false,
    // Units of requests: no money.
    requestsCosts: 5,
    isTokenBasedCall: tokens !== null,
    isChargeable: chargeable,
    isHeadless: false,
    ...(tokens ? { tokenUsage: { inputTokens, outputTokens, cacheWriteTokens, cacheReadTokens, totalCents: chargeable ? cents : 0 } } : {}),
    chargedCents: cents,
    cursorTokenFee: 0.01,
  };
}

/** A page of events, the newest first. */
function eventsOf({ events }: Team, { body }: Asked): unknown {
  const { startDate, endDate, page = 1, pageSize = 10 } = JSON.parse(body) as Body;
  if (typeof startDate !== "number" || typeof endDate !== "number") return said(400, "startDate and endDate must be epoch milliseconds");
  if (endDate - startDate > mostMilliseconds) return said(400, "Date range cannot exceed 30 days");
  if (pageSize < 1 || pageSize > 1000) return said(400, "pageSize must be between 1 and 1000");
  const inside = events.filter(({ at }) => Date.parse(at) >= startDate && Date.parse(at) <= endDate);
  const sorted = inside.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const numPages = Math.ceil(sorted.length / pageSize);
  return {
    totalUsageEventsCount: sorted.length,
    pagination: { numPages, currentPage: page, pageSize, hasNextPage: page < numPages, hasPreviousPage: page > 1 },
    usageEvents: sorted.slice((page - 1) * pageSize, page * pageSize).map(shapeOf),
    period: { startDate, endDate },
  };
}

function spendOf({ spendCents, cycleStart }: Team, { body }: Asked): unknown {
  const { page = 1, pageSize = 1 } = JSON.parse(body) as Body;
  const members = spendCents.map((cents) => ({ spendCents: cents, overallSpendCents: cents + 100, hardLimitOverrideDollars: 100 }));
  return {
    teamMemberSpend: members.slice((page - 1) * pageSize, page * pageSize),
    subscriptionCycleStart: Date.parse(cycleStart),
    totalMembers: members.length,
    totalPages: Math.ceil(members.length / pageSize),
  };
}

/** Cursor's API for one team. */
export function cursorApi(team: Team): VendorApi {
  return {
    base: "",
    refusalOf,
    routes: [
      {
        at: "POST /teams/filtered-usage-events",
        schema: "cursor-usage-events.schema.json",
        answer: (asked) => eventsOf(team, asked),
      },
      { at: "POST /teams/spend", answer: (asked) => spendOf(team, asked) },
    ],
  };
}

export const onDemand: Event = {
  at: "2026-09-01T12:00:00.000Z",
  email: "Octo.Cat@example.com",
  model: "claude-opus-5-5",
  kind: "Usage-based",
  chargeable: true,
  cents: 12.345,
  tokens: [10, 20, 30, 40],
};
export const included: Event = { ...onDemand, kind: "Included in Business", chargeable: false, cents: 8 };

/** The key that the server takes. */
export const teamKey = "key_7f3Qm9TzWx24LbNv8RdKc";

export const cursorTeam: Team = {
  events: [
    onDemand,
    // The first moment of a day, at which two ranges meet, and the last of another.
    { ...onDemand, at: "2026-09-10T00:00:00.000Z", cents: 1 },
    { ...onDemand, at: "2026-10-30T23:59:59.999Z", cents: 2.5 },
    { ...included, at: "2026-10-30T10:00:00.000Z" },
    {
      ...onDemand,
      at: "2026-10-30T11:00:00.000Z",
      model: "default",
      kind: "Errored, Not Charged",
      chargeable: false,
      cents: 0,
      tokens: null,
    },
    ...eachDay({ start: "2026-10-12", end: "2026-10-26" }).map((day) => ({ ...onDemand, at: `${day}T01:00:00.000Z`, cents: 0.1 })),
    { ...onDemand, at: "2026-11-08T23:00:00.000Z", cents: 100, model: "gpt-5.6" },
    { ...onDemand, at: "2026-11-09T00:00:00.000Z", cents: 7777 },
  ],
  cycleStart: "2026-10-20T09:00:00.000Z",
  spendCents: [5000, 2880],
};

export const cursor: TestVendor = {
  api: cursorApi(cursorTeam),
  env: { CURSOR_API_KEY: teamKey },
  asOf: "2026-11-09",
  total: "1.17245",
  days: {
    "2026-09-01": "0.12345",
    "2026-09-10": "0.01",
    ...Object.fromEntries(Array.from({ length: 14 }, (_, n) => [addDays("2026-10-12", n), "0.001"])),
    "2026-10-30": "0.025",
    "2026-11-08": "1",
  },
  of: ["Cursor · Included usage", "Cursor · On-demand usage"],
  tokens: 1900,
  requests: 20,
};
