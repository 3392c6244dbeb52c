import { addDays, eachDay } from "../../../src/core/day.ts";
import { type Expression, type Item, keyOf, matches } from "./aws/items.ts";
import { faultsOf } from "./aws/shapes.ts";
import { type AccessKey, checkSignature, sha256 } from "./aws/signature.ts";
import { type Asked, isRefusal, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** An organization of AWS and the access key that may read its costs. */
export interface Organization {
  readonly key: AccessKey;
  readonly items: readonly Item[];
  readonly currency: string;
  /** Names of accounts. */
  readonly accounts: Readonly<Record<string, string>>;
  /** The last day with costs: those of its month are estimates; days fourteen months before are refused. */
  readonly today: string;
  /** How many groups a page holds. */
  readonly pageSize: number;
  /** The time by AWS's clock, when signatures are held to it. */
  readonly clock: string | null;
}

/** A refusal as AWS words it. */
export const failed = (type: string, message: string, status = 400): Refusal =>
  refuse(status, { __type: `com.amazon.coral#${type}`, Message: message });
const invalid = (message: string) => failed("ValidationException", message);

interface Question {
  readonly TimePeriod: { readonly Start: string; readonly End: string };
  readonly Granularity: string;
  readonly Metrics: readonly string[];
  readonly GroupBy?: readonly { readonly Type: string; readonly Key: string }[];
  readonly Filter?: Expression;
  readonly NextPageToken?: string;
}

const groupable = [
  "AZ",
  "INSTANCE_TYPE",
  "LEGAL_ENTITY_NAME",
  "INVOICING_ENTITY",
  "LINKED_ACCOUNT",
  "OPERATION",
  "PLATFORM",
  "PURCHASE_TYPE",
];
const dimensions = [...groupable, "SERVICE", "TENANCY", "RECORD_TYPE", "USAGE_TYPE"];
const metrics = ["UnblendedCost", "AmortizedCost", "NetUnblendedCost", "NetAmortizedCost", "UsageQuantity"];

function refusalOf(organization: Organization, asked: Asked): Refusal | null {
  const { key, clock } = organization;
  if (asked.headers["content-type"] !== "application/x-amz-json-1.1") return failed("UnknownOperationException", "");
  if (asked.headers["x-amz-target"] !== "AWSInsightsIndexService.GetCostAndUsage") return failed("UnknownOperationException", "");
  const signature = checkSignature(asked, key);
  if (signature === null) return failed("MissingAuthenticationTokenException", "Missing Authentication Token");
  if (signature.keyId !== key.id || asked.headers["x-amz-security-token"] !== key.session)
    return failed("UnrecognizedClientException", "The security token included in the request is invalid.");
  if (
    signature.service !== "ce" ||
    signature.region !== "us-east-1" ||
    !["host", "x-amz-date"].every((name) => signature.signed.includes(name))
  )
    return failed("InvalidSignatureException", "Credential should be scoped to a valid region.");
  if (clock !== null && signature.time !== clock)
    return {
      ...failed("InvalidSignatureException", `Signature expired: ${signature.time} is now earlier than ${clock}`),
      headers: { date: httpDate(clock) },
    };
  return signature.isRight
    ? null
    : failed("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.");
}

const httpDate = (time: string) => new Date(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z")).toUTCString();

/** What the vendor refuses of a question that has the right shape. */
function questionFault({ today }: Organization, { TimePeriod, Granularity, Metrics, GroupBy = [], Filter }: Question): string | null {
  const { Start, End } = TimePeriod;
  const oldest = `${Number(today.slice(0, 4)) - 1}-${today.slice(5, 7)}-01`;
  if (Granularity !== "DAILY") return "only daily here";
  if (Start >= End) return "Start date should be before end date";
  if (Start > today) return "Start date cannot be in the future";
  if (Start < addDays(oldest, -31)) return "You haven't enabled historical data beyond 14 months";
  if (GroupBy.length > 2) return "Group Definition list size must be less than or equal to 2";
  if (GroupBy.some(({ Type, Key }) => Type === "DIMENSION" && !dimensions.includes(Key))) return "Group Definition dimension is invalid";
  if (Metrics.some((name) => !metrics.includes(name))) return "Metric is invalid";
  return Filter && Filter.And && Filter.And.length < 2 ? "And expects at least two expressions" : null;
}

/** Exact sums of decimal text with at most ten decimals, as the vendor prints them. */
function sumOf(items: readonly Item[], of: (item: Item) => string): string {
  const units = items.reduce((total, item) => total + BigInt(Math.round(Number(of(item)) * 1e10)), 0n);
  const text = (units < 0n ? -units : units).toString().padStart(11, "0");
  return `${units < 0n ? "-" : ""}${text.slice(0, -10)}.${text.slice(-10)}`;
}

const costOf = (metric: string) => (item: Item) => {
  if (metric === "UsageQuantity") return item.quantity;
  const net = metric.startsWith("Net") ? item.net : undefined;
  return net ?? (metric.endsWith("AmortizedCost") ? (item.amortized ?? item.cost) : item.cost);
};

function metricsOf(items: readonly Item[], names: readonly string[], currency: string) {
  const units = new Set(items.map(({ unit }) => unit));
  const unit = units.size === 1 ? ([...units][0] ?? "N/A") : "N/A";
  return Object.fromEntries(
    names.map((name) => [name, { Amount: sumOf(items, costOf(name)), Unit: name === "UsageQuantity" ? unit : currency }]),
  );
}

/** What a page is made of: a day with one of its groups, or with none. */
interface Entry {
  readonly day: string;
  readonly keys: readonly string[] | null;
  readonly items: readonly Item[];
}

function entriesOf({ items, today }: Organization, { TimePeriod: { Start, End }, GroupBy = [], Filter }: Question): Entry[] {
  const found = items.filter((item) => Filter === undefined || matches(item, Filter));
  const days = eachDay({ start: Start, end: End }).filter((day) => day <= today);
  return days.flatMap((day): Entry[] => {
    const items = found.filter((item) => item.day === day);
    const groups = Map.groupBy(items, (item) => JSON.stringify(GroupBy.map((group) => keyOf(item, group))));
    if (GroupBy.length === 0 || groups.size === 0) return [{ day, keys: null, items }];
    return [...groups].map(([keys, items]) => ({ day, keys: JSON.parse(keys) as string[], items }));
  });
}

function answer(organization: Organization, { body }: Asked): unknown {
  const question = JSON.parse(body) as Question;
  const faults = faultsOf("GetCostAndUsageRequest", question);
  if (faults.length > 0) return failed("SerializationException", faults.join("; "));
  const fault = questionFault(organization, question);
  if (fault !== null) return invalid(fault);
  const { GroupBy = [], Metrics, NextPageToken } = question;
  const { currency, today, pageSize, accounts } = organization;
  const request = sha256(JSON.stringify({ ...question, NextPageToken: null }));
  const [from = 0, of = request] = NextPageToken === undefined ? [] : (JSON.parse(NextPageToken) as [number, string]);
  if (of !== request) return failed("RequestChangedException", "Your request parameters changed between pages.");
  const entries = entriesOf(organization, question);
  const shown = Map.groupBy(entries.slice(from, from + pageSize), ({ day }) => day);
  const ResultsByTime = [...shown].map(([day, parts]) => ({
    TimePeriod: { Start: day, End: addDays(day, 1) },
    Total: GroupBy.length === 0 ? metricsOf(parts[0]?.items ?? [], Metrics, currency) : {},
    Groups: parts.flatMap(({ keys, items }) => (keys === null ? [] : [{ Keys: keys, Metrics: metricsOf(items, Metrics, currency) }])),
    Estimated: day.slice(0, 7) === today.slice(0, 7),
  }));
  const named = GroupBy.some(({ Key }) => Key === "LINKED_ACCOUNT") ? Object.entries(accounts) : [];
  const next = from + pageSize;
  return {
    ...(GroupBy.length > 0 ? { GroupDefinitions: GroupBy } : {}),
    ResultsByTime,
    DimensionValueAttributes: named.map(([Value, description]) => ({ Value, Attributes: { description } })),
    ...(next < entries.length ? { NextPageToken: JSON.stringify([next, request]) } : {}),
  };
}

/** Cost Explorer's API for one organization. */
export function awsApi(organization: Organization): VendorApi {
  return {
    base: "",
    refusalOf: (asked) => refusalOf(organization, asked),
    routes: [
      {
        at: "POST /",
        answer: (asked) => {
          const body = answer(organization, asked);
          const faults = isRefusal(body) ? [] : faultsOf("GetCostAndUsageResponse", body);
          if (faults.length > 0) throw new Error(faults.join("; "));
          return body;
        },
      },
    ],
  };
}

export const bedrockItem: Item = {
  day: "2026-10-30",
  service: "Amazon Bedrock",
  usageType: "USE1-NovaPro-input-tokens",
  recordType: "Usage",
  account: "111122223333",
  tags: {},
  cost: "1",
  quantity: "0",
  unit: "N/A",
};
const edition: Item = {
  ...bedrockItem,
  service: "Claude Sonnet 4.6 (Amazon Bedrock Edition)",
  usageType: "USE1-MP:USE1_InputTokenCount-Units",
  unit: "Units",
};

export const awsOrganization: Organization = {
  key: { id: "AKIAZ7Q4WXN2H5KTUVLD", secret: "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" },
  currency: "USD",
  accounts: { "111122223333": "Support", "444455556666": "Search" },
  today: "2026-11-08",
  pageSize: 60,
  clock: null,
  items: [
    { ...bedrockItem, day: "2026-08-11", cost: "0.0008", quantity: "1.5", unit: "1K tokens" },
    { ...edition, cost: "3.3", quantity: "1" },
    { ...edition, usageType: "USE1-MP:USE1_OutputTokenCount_Global-Units", account: "444455556666", cost: "15.0000000001", quantity: "1" },
    { ...bedrockItem, usageType: "USE1-NovaPro-output-tokens-batch", cost: "0.64", quantity: "400", unit: "1K tokens" },
    { ...bedrockItem, service: "Amazon Elastic Compute Cloud - Compute", usageType: "BoxUsage:m7g.large", cost: "0", amortized: "2.5" },
    ...eachDay({ start: "2026-10-01", end: "2026-10-26" }).map((day) => ({
      ...bedrockItem,
      day,
      service: "AWS Lambda",
      usageType: "Request",
      cost: "0.25",
    })),
    { ...bedrockItem, day: "2026-11-01", service: "Tax", usageType: "", recordType: "Tax", cost: "4.2" },
    { ...edition, day: "2026-11-01", recordType: "Credit", cost: "-3.3" },
    { ...bedrockItem, day: "2026-11-08", usageType: "EU-Guardrail-TextUnits", cost: "0.15", quantity: "1000", unit: "TextUnits" },
  ],
};

const { key } = awsOrganization;

export const awsCostExplorer: TestVendor = {
  api: awsApi(awsOrganization),
  env: { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret },
  asOf: "2026-11-09",
  total: "26.2408",
  days: {
    "2026-08-11": "0.0008",
    ...Object.fromEntries(eachDay({ start: "2026-10-01", end: "2026-10-26" }).map((day) => [day, "0.25"])),
    "2026-10-30": "18.94",
    "2026-11-01": "0.9",
    "2026-11-08": "0.15",
  },
  of: ["AWS · AWS Lambda", "AWS · Amazon Bedrock", "AWS · Amazon Elastic Compute Cloud - Compute", "AWS · Tax"],
  tokens: 401_500,
  requests: null,
};
