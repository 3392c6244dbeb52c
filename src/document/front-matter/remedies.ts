import type { Fault } from "../../core/yaml/validate.ts";
import { isRecord, valueAt } from "./value.ts";

/** What to write where a value of a key does not fit, or the key is missing. */
const examples: ReadonlyMap<string, string> = new Map(
  Object.entries({
    state: "write state: draft, or state: held once the meeting is over",
    attendees: 'write attendees: { engineering: "@octocat", product: "@hubot", others: [] }',
    others: 'write a list in brackets, such as others: ["@octocat"], or others: []',
    minutes: "write a whole number from 1 to 600 without quotes or unit, such as minutes: 27",
    outcome: "write outcome: actions, or outcome: no-action-needed when all changes were expected",
    actions: "begin each action with a dash, such as `- id: 2026-W47-1`, its other keys below `id`; or write actions: []",
    previous: "begin each entry with a dash, as overpace writes them; or write previous: []",
    waivers: 'write waivers: [], or waivers: [{ trigger: forecast, by: "@octocat", reason: "…" }]',
    silenced: 'write silenced: [], or silenced: [{ rule: load, at: actions, reason: "…" }]',
    reason: "write reason: and a text in double quotes, or leave it empty behind the colon",
    id: "write the id of the review that decided it, a dash and a number, such as id: 2026-W47-1, with W in capitals and no other marks",
    owner: 'write the login of one person, such as owner: "@octocat"',
    status: "write status: open, status: done, or status: dropped with a reason",
    effect: "write effect: { cost: -130 } for an amount a week, or effect: { percent: -20 }; numbers without unit, a minus for a saving",
    options: 'write a list in brackets, such as options: ["cap free plans", "raise the budget"]',
  }),
);

/** The quotes of word processors, which mean nothing in YAML. */
const curly = /^[\u201C-\u201F]/;

/** The keys of entries of the front matter that no category of decision is needed for. */
const inEntries: ReadonlySet<string> = new Set(
  "engineering product others trigger by reason rule at id status due issue decision title about owner effect".split(" "),
);

/** A key of an entry that somebody began with a capital, as it has to be. */
export function inSmallLetters(key: string): string | undefined {
  const small = key.toLowerCase();
  return small !== key && inEntries.has(small) ? small : undefined;
}

/** What to do about a key that is not known. */
function unknownKey(path: readonly PropertyKey[], value: unknown): string | undefined {
  const key = String(path.at(-1));
  const small = key.toLowerCase();
  const meant = path.length > 1 ? inSmallLetters(key) : small !== key && examples.has(small) ? small : undefined;
  if (meant) return `write \`${meant}\`, in small letters`;
  if (path.length === 1) return "remove it, or write it as prose below the front matter; docs/review.md of overpace shows every key";
  if (valueAt(value, path) !== null) return undefined;
  // Several words are no key; a single one may be.
  return `${/\s/.test(key) ? "" : "remove it, or "}put a text that holds a comma in double quotes, such as reason: "Agreed on Monday, until the launch"`;
}

/** What to do about a fault of the front matter, for people who have never seen YAML; undefined where nothing is better than the general word. */
export function remedyFor({ path, kind }: Fault, value: unknown): string | undefined {
  const own = valueAt(value, path);
  // A comma within such quotes ends the text, and what follows it is taken for a key.
  const near = kind === "unknown" && path.length > 1 ? valueAt(value, path.slice(0, -1)) : null;
  const texts = [own, ...(isRecord(near) ? Object.values(near) : [])];
  if (texts.some((text) => typeof text === "string" && curly.test(text))) return 'write straight quotes: " in place of \u201C and \u201D';
  if (kind === "unknown") return unknownKey(path, value);
  const key = path.at(-1);
  return typeof key === "string" ? examples.get(key) : undefined;
}
