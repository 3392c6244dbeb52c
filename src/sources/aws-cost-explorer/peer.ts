import { AwsV4Signer } from "aws4fetch";
import type { World } from "../../core/world.ts";
import type { Answer, Dialect, Peer } from "../../shell/http/peer.ts";
import { credentialsOf } from "./credentials.ts";
import { vendor } from "./entry.ts";
import { isSkewed, isThrottled, meaningOf } from "./refusal.ts";

/** The region that an address of AWS names; that of Cost Explorer outside of China and GovCloud where it names none. */
export function regionOf(baseUrl: string): string {
  return /\.((?:[a-z]+-){2,}\d)\./.exec(new URL(baseUrl).hostname)?.[1] ?? "us-east-1";
}

/** The time of an answer as signatures have it, undefined when it does not say. */
function timeOf({ headers }: Pick<Answer, "headers">): string | undefined {
  const time = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, "");
}

/**
 * Cost Explorer, asked with credentials of the default chain; each attempt is signed (Signature Version 4). Where AWS says that the clock
 * of this machine is askew, the time of its answer is taken instead. @throws Problem without credentials.
 */
export async function awsPeer(baseUrl: string, world: World): Promise<Peer> {
  const credentials = await credentialsOf(world);
  const region = regionOf(baseUrl);
  const secrets: string[] = [];
  let datetime: string | undefined;
  const sign: Dialect["sign"] = async (url, headers, body) => {
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
    // Renewed credentials are as secret as the first.
    for (const secret of [accessKeyId, secretAccessKey, sessionToken ?? ""])
      if (secret !== "" && !secrets.includes(secret)) secrets.push(secret);
    const keys = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}), ...(datetime ? { datetime } : {}) };
    const signer = new AwsV4Signer({ url: url.href, method: "POST", headers, body, service: "ce", region, ...keys });
    return Object.fromEntries((await signer.sign()).headers);
  };
  const passes: Dialect["passes"] = (refusal) => {
    if (!isSkewed(refusal)) return isThrottled(refusal);
    datetime = timeOf(refusal);
    return datetime !== undefined;
  };
  return {
    name: vendor.name,
    baseUrl: baseUrl.replace(/\/+$/, ""),
    headers: { "content-type": "application/x-amz-json-1.1" },
    secrets,
    help: {
      key: "Check the credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE.",
      scope: "Allow their role the action ce:GetCostAndUsage; the smallest policy is in docs/sources/aws-cost-explorer.md.",
    },
    world,
    explain: meaningOf,
    dialect: { sign, passes },
  };
}
