import * as z from "zod/mini";
import { sha256Hex } from "../../core/slug.ts";

/** Whether charges name who caused them: their e-mail address, a hash of it, or nobody. */
export const usersKey = () => z._default(z.enum(["none", "hashed", "email"], "expected none, hashed or email"), "none");
type Users = "none" | "hashed" | "email";

/** Who caused a charge, as the configuration lets it be shown; empty for nobody. */
export function userText(email: string | null | undefined, users: Users): string {
  const address = (email ?? "").trim().toLowerCase();
  if (address === "" || users === "none") return "";
  return users === "email" ? address : `user-${sha256Hex(address).slice(0, 12)}`;
}
