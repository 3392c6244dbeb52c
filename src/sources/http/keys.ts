import * as z from "zod/mini";
import { sourceCommon } from "../../core/settings/config.ts";
import type { VendorFacts } from "../source.ts";

function isBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === "");
}

/** The address of a server, as it stands in `baseUrl`. */
export function addressKey(example: string) {
  return z
    .string(`expected an address such as ${example}`)
    .check(z.refine(isBase, `expected an address such as ${example}, without a key, a question mark or a #`), z.trim());
}

/** What every source over HTTP takes in its entry, whatever it identifies itself with: another address, and the keys of all sources. */
export function addressKeys({ baseUrl, settlingDays }: VendorFacts) {
  return {
    baseUrl: z._default(addressKey(baseUrl), baseUrl),
    ...sourceCommon,
    settlingDays: z._default(z.number().check(z.int(), z.minimum(0), z.maximum(60)), settlingDays),
  };
}

/** What a source with one key takes: besides its address, another variable for the key. */
export function httpKeys(vendor: VendorFacts) {
  const { credentials } = vendor;
  return {
    ...addressKeys(vendor),
    tokenEnv: z._default(
      z
        .string()
        .check(
          z.regex(
            /^[A-Z_][A-Z0-9_]*$/,
            `expected the name of an environment variable in capitals, such as ${credentials.env}, not the key itself`,
          ),
        ),
      credentials.env,
    ),
  };
}

/** Whether charges name who caused them: their e-mail address, a hash of it, or nobody. */
export const usersKey = () => z._default(z.enum(["none", "hashed", "email"], "expected none, hashed or email"), "none");
