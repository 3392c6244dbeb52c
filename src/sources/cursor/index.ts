import * as z from "zod/mini";
import { httpKeys, usersKey } from "../http/keys.ts";
import type { SourceType, VendorFacts } from "../source.ts";

const vendor: VendorFacts = {
  name: "Cursor",
  baseUrl: "https://api.cursor.com",
  dimensions: ["model", "account"],
  money: "billed",
  settlingDays: 1,
  restatementDays: 7,
  oldestDays: null,
  pieceDays: 30,
  requestCost: "free",
  credentials: {
    env: "CURSOR_API_KEY",
    role: "an Admin API key of a team, which an admin of the team makes (read-only is enough)",
    page: "https://cursor.com/dashboard",
  },
  oidc: "no: a key only",
};

const schema = () =>
  z.strictObject({
    type: z.literal("cursor"),
    ...httpKeys(vendor),
    users: usersKey(),
  });
export type CursorConfig = z.infer<ReturnType<typeof schema>>;

/** The usage events of a Cursor team as daily charges. The reader is loaded only when it reads. */
export const cursor = {
  type: "cursor",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readCursor(config, context),
} satisfies SourceType<CursorConfig>;
