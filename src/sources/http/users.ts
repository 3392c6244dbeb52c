import { sha256Hex } from "../../core/slug.ts";

/** Who caused a charge, as the configuration lets it be shown; empty for nobody. */
export function userText(email: string | null | undefined, users: "none" | "hashed" | "email"): string {
  const address = (email ?? "").trim().toLowerCase();
  if (address === "" || users === "none") return "";
  return users === "email" ? address : `user-${sha256Hex(address).slice(0, 12)}`;
}
