import * as z from "zod/mini";
import type { Answer, Meaning } from "../../shell/http/peer.ts";
import { vendor } from "./entry.ts";

const { name } = vendor;
const errorShape = z.object({ __type: z.string(), message: z.optional(z.string()), Message: z.optional(z.string()) });

/** What AWS calls a refusal, without its namespace, and its words; empty texts for what AWS did not write. */
function errorOf(text: string): { readonly type: string; readonly words: string } {
  try {
    const { __type, message, Message } = errorShape.parse(JSON.parse(text));
    return { type: __type.replace(/^.*#/, ""), words: message ?? Message ?? "" };
  } catch {
    return { type: "", words: "" };
  }
}

/** True when AWS asks to slow down: it says so with status 400. */
export function isThrottled({ text }: Pick<Answer, "text">): boolean {
  return /^(LimitExceeded|Throttl|TooManyRequests|RequestLimitExceeded)/.test(errorOf(text).type);
}

/** True when the clock of this machine is too far from AWS's. */
export function isSkewed({ text }: Pick<Answer, "text">): boolean {
  const { type, words } = errorOf(text);
  return (
    /^(RequestTimeTooSkewed|RequestExpired)/.test(type) || (/Signature/.test(type) && /signature (?:expired|not yet current)/i.test(words))
  );
}

const unread = "nothing of this source was read, and its days stay as the ledger has them";
const policy = "the smallest policy is in docs/sources/aws-cost-explorer.md";

/** Kinds of refusals in the order in which they are tried: what AWS calls them, what they mean, what to do. */
const kinds: readonly { readonly test: RegExp; readonly means: string; readonly remedy: string }[] = [
  {
    test: /^AccessDenied.*not enabled/is,
    means: "is not switched on for this account",
    remedy:
      "Open https://console.aws.amazon.com/costmanagement/home once (the first data come within a day); in a member account the management account must let it see costs, or ask with a role of the management account.",
  },
  {
    test: /^(AccessDenied|UnauthorizedOperation|AuthorizationError)/i,
    means: "does not let these credentials read costs",
    remedy: `Allow their role the action ce:GetCostAndUsage on resource *; ${policy}.`,
  },
  {
    test: /^ExpiredToken|security token .*expired/is,
    means: "says that the credentials have expired",
    remedy: "Sign in again (aws sso login); in a workflow get them in the same job, shortly before.",
  },
  {
    test: /^(RequestTimeTooSkewed|RequestExpired)|^\S*Signature\S* signature (expired|not yet current)/i,
    means: "takes no signature of this hour",
    remedy: "Set the clock of this machine right: signatures are good for minutes only.",
  },
  {
    test: /^(UnrecognizedClient|InvalidClientTokenId|InvalidSignature|IncompleteSignature|SignatureDoesNotMatch|MissingAuthenticationToken|InvalidAccessKeyId|NotAuthorized)/,
    means: "does not accept the credentials",
    remedy:
      "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, which belong together, and that baseUrl is of the same partition (China and GovCloud have their own).",
  },
  {
    test: /^DataUnavailable/,
    means: "has no data to answer from",
    remedy: `It was perhaps switched on less than a day ago: look at https://console.aws.amazon.com/costmanagement/home and run again tomorrow; ${unread}.`,
  },
  {
    test: /^(LimitExceeded|Throttl|TooManyRequests|RequestLimitExceeded)/,
    means: "asks to wait: too many requests in a short time",
    remedy: `Run again later; ${unread}.`,
  },
  {
    test: /^(BillExpiration|InvalidNextToken|RequestChanged)/,
    means: "changed its data between two pages",
    remedy: `Run again: AWS renews them several times a day; ${unread}.`,
  },
  {
    test: /^Validation.*(histor|14 months|before|beginning)/is,
    means: "has no data of days that long ago",
    remedy:
      "It keeps 14 months unless more was opted in to under Cost Management preferences; read older days once from an export (source focus).",
  },
  {
    test: /^Validation/,
    means: "refused the request",
    remedy: "Check groupBy of this source: each tag or category must be known to Cost Explorer by that very name. Else please report this.",
  },
];

/** What AWS's refusal means; null for an answer that AWS did not write. */
export function meaningOf(_: number, text: string): Meaning | null {
  const { type, words } = errorOf(text);
  const kind = kinds.find(({ test }) => test.test(`${type} ${words}`));
  return kind ? { message: `${name} ${kind.means}`, remedy: kind.remedy } : null;
}
