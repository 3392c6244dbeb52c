import { isLogin } from "../../document/fix/spelling.ts";
import { judge } from "../wording/judge.ts";
import type { Surroundings } from "./rule.ts";

/** A login as the surroundings name it: lower case, without `@`. */
export function loginOf(person: string): string {
  return person.trim().replace(/^@/, "").toLowerCase();
}

/** Logins known to be persons, whatever they sound like: the configured owners, and those the code host lets issues be assigned to. */
export function knownPersons({ config, assignable }: Surroundings): ReadonlySet<string> {
  const owners = config?.owners ? [config.owners.engineering.login, config.owners.product.login] : [];
  const others = [...(assignable ?? [])].filter(([, can]) => can).map(([login]) => login);
  return new Set([...owners, ...others].map(loginOf));
}

/** What is wrong with a text as the name of one person, and what to write behind a key; null when nothing is. */
export function ownerVerdict(
  text: string,
  known: ReadonlySet<string>,
): { what: string; why: string; remedy: (key: string) => string } | null {
  if (text.trim().startsWith("@") && known.has(loginOf(text))) return null;
  const verdict = judge(text, "owner");
  if (!verdict) return null;
  const fixable = verdict.what.endsWith("without @") && isLogin(text.trim());
  return {
    ...verdict,
    remedy: (key) =>
      fixable
        ? "run `overpace check --fix`: it writes the @"
        : `write the login of the one person who answers for it, such as ${key}: "@octocat"`,
  };
}
