import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
  name: "Langfuse",
  baseUrl: "https://cloud.langfuse.com",
  dimensions: ["model", "tag"],
  money: "estimated",
  settlingDays: 1,
  restatementDays: 7,
  oldestDays: null,
  pieceDays: 31,
  requestCost: "free",
  credentials: {
    env: "LANGFUSE_SECRET_KEY",
    role: "the secret key of a project, and its public key in LANGFUSE_PUBLIC_KEY",
    page: "https://langfuse.com/faq/all/where-are-langfuse-api-keys",
  },
  oidc: "no: the API takes the keys of a project only",
};

/** What Langfuse lets observations be grouped by; users, sessions and traces it does not. */
const dimension = z.enum(
  ["traceName", "name", "environment", "release", "version", "promptName", "traceRelease", "traceVersion"],
  "expected one of traceName, name, environment, release, version, promptName, traceRelease, traceVersion",
);

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("langfuse"),
    ...httpKeys(vendor),
    publicKeyEnv: z._default(
      z
        .string()
        .check(z.regex(/^[A-Z_][A-Z0-9_]*$/, "expected the name of an environment variable in capitals, such as LANGFUSE_PUBLIC_KEY")),
      "LANGFUSE_PUBLIC_KEY",
    ),
    /** Which dimension of Langfuse becomes which tag. */
    tagsFrom: z._default(z.record(z.string().check(z.minLength(1)), dimension), { feature: "traceName" }),
    /** Never money: its costs are estimates of what providers bill. */
    counts: z._default(z.literal("attribution", "expected attribution: what Langfuse computes is never added to a bill"), "attribution"),
  });
export type LangfuseConfig = z.infer<ReturnType<typeof schema>>;
