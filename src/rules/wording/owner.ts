import type { Verdict } from "./statement.ts";
import { placeholders } from "./words.ts";

const listOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

/** Groups and roles: who is meant changes, and nobody is. */
const roles = listOf(`
  team teams squad squads crew group guild tribe chapter department dept division org organization organisation company people folks guys
  staff members owners admins maintainers developers devs dev engineers engineer engineering eng backend frontend fullstack platform infra
  infrastructure ops devops finops sre security data ml ai mlops product pm pms po design marketing sales finance support qa legal growth
  research science analytics mobile web api core cloud lead leads manager managers management head director cto ceo cfo coo vp owner tech
  technical oncall on-call everyone everybody all anyone anybody someone somebody whoever channel here us we both
`);
const links = listOf("the our my a an of and is on call whoever this for by & or");
const bots = listOf("copilot dependabot renovate github-actions claude codex cursor");
const nobody = listOf("nobody no-one noone unassigned open unclear unknown unowned nn");

const person = /^@?[a-z0-9](?:[a-z0-9._-]{0,62})$/i;

/** What is wrong with a text as the one person who answers for something, or null. `@login` is a person. */
export function judgeOwner(text: string): Verdict | null {
  const bare = text.trim().slice(0, 200).toLowerCase();
  const handles = bare.split("@").length - 1;
  if (handles > 1 || /\S(?:\s*[,&+;]\s*|\s+(?:and|or|und|et|y)\s+)\S/.test(bare))
    return { what: "is more than one person", why: "of two owners each can wait for the other" };
  if (/^@?[\w.-]+\/[\w.-]+$/.test(bare)) return { what: "is a team", why: "a team does not answer for an action, a person does" };
  const login = bare.replace(/^@/, "");
  const words = login.split(/[\s_-]+/).filter((word) => word !== "");
  if (words.length === 0 || nobody.has(login) || (placeholders.has(login) && login.length > 2))
    return { what: "is nobody", why: "an action without a person is not done" };
  if (login.endsWith("[bot]") || bots.has(login)) return { what: "is a bot", why: "a bot does not answer for an action" };
  const grouped = words.some((word) => word === "team" || word === "teams" || word === "squad");
  if (grouped || roles.has(login) || (words.length > 1 && words.every((word) => roles.has(word) || links.has(word))))
    return { what: "is a team or a role", why: "whoever holds the role can be somebody else tomorrow" };
  if (/\s/.test(login)) return { what: "is a name, not a login", why: "an issue is assigned to a login, and one person has one" };
  if (!person.test(bare)) return { what: "is not a login", why: "a login is letters, digits and dashes after an @" };
  return handles === 1 ? null : { what: "is written without @", why: "nobody is notified" };
}
