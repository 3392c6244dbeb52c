import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import { excerptOf } from "../../shell/http/redact.ts";
import { secretOf } from "../http/peer.ts";
import { loadOptional } from "../optional.ts";
import { vendor } from "./entry.ts";

/** What a request is signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** The credentials of now: those that expire are renewed by asking again. @throws Problem when there are none. */
export type CredentialsOf = () => Promise<Credentials>;

const packageName = "@aws-sdk/credential-providers";
const keyId = "AWS_ACCESS_KEY_ID";
const secretKey = "AWS_SECRET_ACCESS_KEY";
const page = "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html";
const signIn =
  "Give the run credentials: in a workflow a role by aws-actions/configure-aws-credentials (OIDC), on a computer AWS_PROFILE after aws sso login";

/**
 * Credentials in the order of AWS's default chain: a profile when `AWS_PROFILE` names one; the variables of the environment, for which no
 * package is needed; then AWS's own package for the rest (profiles, IAM Identity Center, a web identity token, containers, instances),
 * loaded only here. That package reads the environment of the process.
 */
export async function credentialsOf({ env }: Pick<World, "env">): Promise<CredentialsOf> {
  const given = [keyId, secretKey].filter((name) => (env[name] ?? "").trim() !== "");
  if (env["AWS_PROFILE"] || given.length === 0) return fromChain();
  if (given.length === 1)
    throw new Problem(`${given[0] === keyId ? secretKey : keyId} is not set, but ${given[0]} is`, {
      remedy: `Set both, and AWS_SESSION_TOKEN where the key is of a session, or neither (${page}).`,
      kind: "usage",
    });
  const of = (name: string) => secretOf({ env }, name, vendor);
  const session = env["AWS_SESSION_TOKEN"] ? { sessionToken: of("AWS_SESSION_TOKEN") } : {};
  const fixed = { accessKeyId: of(keyId), secretAccessKey: of(secretKey), ...session };
  return async () => fixed;
}

/** What is used of AWS's package. */
interface Package {
  readonly fromNodeProviderChain: () => CredentialsOf;
}

/** AWS's default chain, loaded by `load`. @throws Problem with the one line to run where its package is missing. */
export async function fromChain(load: () => Promise<Package> = () => import("@aws-sdk/credential-providers")): Promise<CredentialsOf> {
  const { fromNodeProviderChain } = await loadOptional(`${keyId} is not set; to find other credentials of AWS`, [packageName], load);
  const chain = fromNodeProviderChain();
  return async () => {
    try {
      return await chain();
    } catch (error) {
      const said = excerptOf(error instanceof Error ? error.message : String(error), []);
      throw new Problem(`${vendor.name} has no credentials to ask with: AWS's default chain says "${said}"`, {
        remedy: `${signIn} (${page}).`,
        kind: "usage",
      });
    }
  };
}
