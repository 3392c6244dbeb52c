import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import type { Peer } from "../../shell/http/peer.ts";
import type { VendorFacts } from "../source.ts";

interface Configured {
  readonly baseUrl: string;
  readonly tokenEnv: string;
}

/**
 * The key in a variable of the environment. What cannot stand in a header is refused here: the refusal of `fetch` would quote it.
 * @throws Problem that names the variable, the role that the key needs, and the page where it is made.
 */
export function secretOf({ env }: Pick<World, "env">, name: string, { name: vendor, credentials }: VendorFacts): string {
  const secret = (env[name] ?? "").trim();
  if (secret === "")
    throw new Problem(`${name} is not set`, {
      remedy: `Put the key of ${vendor} there: ${credentials.role}. It is made at ${credentials.page}; in a workflow it stands under env:, from a secret.`,
      kind: "usage",
    });
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new Problem(`${name} holds a blank, a line break or a letter that no key has`, {
      remedy: "Set it again, the key alone on one line.",
      kind: "usage",
    });
  return secret;
}

/** The vendor's server with the key of the environment; `headersOf` puts it where the vendor looks for it. @throws Problem without a key. */
export function peerOf(
  { baseUrl, tokenEnv }: Configured,
  vendor: VendorFacts,
  world: World,
  headersOf: (secret: string) => Readonly<Record<string, string>>,
): Peer {
  const secret = secretOf(world, tokenEnv, vendor);
  const { role, page } = vendor.credentials;
  return {
    name: vendor.name,
    baseUrl: baseUrl.replace(/\/+$/, ""),
    headers: headersOf(secret),
    secrets: [secret],
    help: {
      key: `Check ${tokenEnv}: it may be expired, revoked, or of another kind. Needed is ${role}, made at ${page}.`,
      scope: `Use ${role}, made at ${page}, in ${tokenEnv}.`,
    },
    world,
  };
}
