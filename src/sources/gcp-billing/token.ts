import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import { excerptOf } from "../../shell/http/redact.ts";
import { secretOf } from "../http/peer.ts";
import { loadOptional } from "../optional.ts";
import { type GcpBillingConfig, vendor } from "./entry.ts";

const signIn =
  "In a workflow let google-github-actions/auth run before overpace, on a computer gcloud auth application-default login (docs/sources/gcp-billing.md).";
/** Queries need this one or a wider one. Source: BigQuery REST reference, jobs.query. */
const scope = "https://www.googleapis.com/auth/bigquery";

/**
 * A token for BigQuery: that of the environment, else one by Application Default Credentials (a file, Workload Identity Federation among them; what
 * gcloud stored; the machine's own service account), which Google's package looks for in the environment of the process. To a server without TLS, such
 * as an emulator, no credentials are looked for that nothing names.
 * @throws Problem with the steps to take when there is none.
 */
export async function googleToken({ baseUrl, tokenEnv, project }: GcpBillingConfig, world: World): Promise<string> {
  const file = (world.env["GOOGLE_APPLICATION_CREDENTIALS"] ?? "").trim();
  if ((world.env[tokenEnv] ?? "").trim() !== "" || (file === "" && !baseUrl.startsWith("https:"))) return secretOf(world, tokenEnv, vendor);
  const { GoogleAuth } = await loadOptional("To sign in to Google Cloud", ["google-auth-library"], () => import("google-auth-library"));
  // Without a project the package asks the resource manager for one, which takes a role of its own.
  const token = await new GoogleAuth({ scopes: [scope], projectId: project }).getAccessToken().catch((cause: unknown) => {
    throw refusal(cause instanceof Error ? excerptOf(cause.message, []) : "no reason given");
  });
  if (!token) throw refusal("no token came");
  return token;
}

function refusal(reason: string): Problem {
  return new Problem(`Google Cloud gives no access: ${reason}`, {
    remedy: `${signIn} Or put ${vendor.credentials.role} into ${vendor.credentials.env}.`,
    kind: "usage",
  });
}
