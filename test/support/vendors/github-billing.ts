import { eachDay } from "../../../src/core/day.ts";
import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** A line of the bill. */
export interface Item {
  readonly date: string;
  readonly product: string;
  readonly sku: string;
  readonly unitType: string;
  readonly quantity: number;
  readonly gross: number;
  readonly net: number;
  readonly organization?: string;
  readonly repository?: string;
  /** Of an enterprise: the cost center that the line belongs to. */
  readonly center?: string;
}

/** What Copilot cost by model; the same money as in the items. */
export interface Credit {
  readonly date: string;
  readonly model: string;
  readonly net: number;
  readonly center?: string;
}

/** A bill; `centers` are cost centers by id. */
export interface Bill {
  readonly items: readonly Item[];
  readonly credits: readonly Credit[];
  readonly centers: Readonly<Record<string, string>>;
}

const said = (status: number, message: string): Refusal =>
  refuse(status, { message, documentation_url: "https://docs.github.com/rest/billing/usage", status: String(status) });

function refusalOf({ headers, path }: Asked): Refusal | null {
  const token = (headers.authorization ?? "").replace("Bearer ", "");
  if (headers["x-github-api-version"] !== "2026-03-10" || headers["user-agent"] === undefined) return said(400, "Unsupported version");
  if (token.startsWith("ghs_")) return said(403, "Resource not accessible by integration");
  if (!/^(ghp_|github_pat_)/.test(token)) return said(401, "Bad credentials");
  const isFineGrained = token.startsWith("github_pat_");
  if (path.startsWith("/enterprises/") && isFineGrained) return said(403, "Resource not accessible by personal access token");
  return /^\/(organizations|enterprises|users)\/acme\//.test(path) ? null : said(404, "Not Found");
}

/** The days that a query means: what it leaves out is the present, which is never what is wanted. */
function dayOf({ query }: Asked): string | Refusal {
  const [year, month, day] = ["year", "month", "day"].map((name) => query.get(name));
  if (!year || !month || !day) return said(400, "a report of a whole month or year was asked for");
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

const money = (gross: number, net: number) => ({ grossAmount: gross, discountAmount: gross - net, netAmount: net });

function usageOf({ items }: Bill, asked: Asked, kind: string): unknown {
  const day = dayOf(asked);
  if (typeof day !== "string") return day;
  const center = asked.query.get("cost_center_id") ?? undefined;
  const inside = items.filter(({ date, center: own }) => date === day && (kind !== "enterprises" || own === center));
  return {
    usageItems: inside.map(({ product, sku, unitType, quantity, gross, net, organization, repository }) => ({
      date: `${day}T00:00:00Z`,
      product,
      sku,
      quantity,
      unitType,
      pricePerUnit: 0.01,
      ...money(gross, net),
      ...(kind === "users" ? {} : { organizationName: organization ?? "acme" }),
      ...(repository === undefined ? {} : { repositoryName: repository }),
    })),
  };
}

/** Without a day in its items. Before June 2026 it has another address. */
function creditsOf({ credits }: Bill, asked: Asked, isPremium: boolean): unknown {
  const day = dayOf(asked);
  if (typeof day !== "string") return day;
  const center = asked.query.get("cost_center_id");
  const inside = credits.filter(
    ({ date, center: own }) => date === day && date < "2026-06-01" === isPremium && (center === null || (own ?? "none") === center),
  );
  const [year, month, number] = day.split("-").map(Number);
  return {
    timePeriod: { year, month, day: number },
    organization: "acme",
    usageItems: inside.map(({ model, net }) => ({
      product: "Copilot",
      sku: "Copilot AI Credits",
      model,
      unitType: "credits",
      pricePerUnit: 0.01,
      grossQuantity: net * 100,
      discountQuantity: 0,
      netQuantity: net * 100,
      ...money(net, net),
    })),
  };
}

/** GitHub's billing API for a bill, whose owner is `acme`, of whatever kind. */
export function githubBillingApi(bill: Bill): VendorApi {
  const dates = ["year", "month", "day"];
  return {
    base: "",
    refusalOf,
    routes: ["organizations", "enterprises", "users"].flatMap((kind) => {
      const at = `GET /${kind}/:name/settings/billing`;
      const isEnterprise = kind === "enterprises";
      const params = isEnterprise ? [...dates, "cost_center_id"] : dates;
      const reports = ["ai_credit", "premium_request"].map((name) => ({
        at: `${at}/${name}/usage`,
        params,
        schema: "github-billing-credits.schema.json",
        answer: (asked: Asked) => creditsOf(bill, asked, name === "premium_request"),
      }));
      const usage = {
        at: `${at}/usage`,
        params,
        schema: "github-billing-usage.schema.json",
        answer: (asked: Asked) => usageOf(bill, asked, kind),
      };
      const costCenters = Object.entries(bill.centers).map(([id, name]) => ({ id, name, state: "active", resources: [] }));
      return [usage, ...reports, ...(isEnterprise ? [{ at: `${at}/cost-centers`, answer: () => ({ costCenters }) }] : [])];
    }),
  };
}

export const actions: Item = {
  date: "2026-09-01",
  product: "Actions",
  sku: "Actions Linux",
  unitType: "minutes",
  quantity: 100.5,
  gross: 0.804,
  net: 0.5,
  repository: "acme/app",
};
export const copilot: Item = {
  date: "2026-10-30",
  product: "copilot",
  sku: "copilot_ai_credit",
  unitType: "ai-credits",
  quantity: 400.25,
  gross: 5,
  net: 4.0025,
};

/** The token that the server takes. */
export const billingToken = "github_pat_11AQz7Xk0Wm3Rt5Yb9Nd2V";

export const acmeBill: Bill = {
  items: [
    { ...actions, date: "2026-08-11", net: 0.25 },
    actions,
    ...eachDay({ start: "2026-10-01", end: "2026-10-04" }).map((date) => ({ ...actions, date, net: 0 })),
    copilot,
    { ...actions, date: "2026-10-30", product: "git_lfs", sku: "git_lfs_storage", net: 0.000004 },
    { ...actions, date: "2026-11-08", product: "Copilot", sku: "Copilot Business", unitType: "user-months", net: 19 },
  ],
  credits: [
    { date: "2026-10-30", model: "GPT-5", net: 3 },
    { date: "2026-10-30", model: "Claude Opus 5.5", net: 1.0025 },
  ],
  centers: {},
};

export const githubBilling: TestVendor = {
  api: githubBillingApi(acmeBill),
  env: { GH_BILLING_TOKEN: billingToken },
  entry: { organization: "acme" },
  asOf: "2026-11-09",
  total: "23.752504",
  days: { "2026-08-11": "0.25", "2026-09-01": "0.5", "2026-10-30": "4.002504", "2026-11-08": "19" },
  of: ["GitHub · Actions", "GitHub · Copilot", "GitHub · Git lfs"],
  tokens: null,
  requests: null,
};
