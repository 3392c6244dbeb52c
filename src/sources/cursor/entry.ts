import * as z from "zod/mini";
import { httpKeys, usersKey } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
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

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("cursor"),
    ...httpKeys(vendor),
    users: usersKey(),
  });
export type CursorConfig = z.infer<ReturnType<typeof schema>>;
