import type { Day } from "../day.ts";
import { type Charge, type Identified, identified, idFields } from "./charge.ts";

/** What charges say of one id. */
interface Bearer {
  readonly id: string;
  /** Its newest name: that of its latest day, of two on one day the later in the alphabet. */
  name: string;
  day: Day;
  /** Every name it bore. */
  readonly names: Set<string>;
}

/** The ids of one source and kind, and how they are found. */
interface Register {
  readonly bearers: Map<string, Bearer>;
  /** Who bore a name; null where several did. */
  readonly byName: Map<string, Bearer | null>;
  /** What else each is called: its id, and earlier names that nobody else has now. */
  readonly others: Map<Bearer, readonly string[]>;
}

type Registers = ReadonlyMap<string, Register>;

function bearersOf(charges: readonly Charge[], field: Identified): Map<string, Map<string, Bearer>> {
  const sources = new Map<string, Map<string, Bearer>>();
  for (const { source, day, [field]: name, [idFields[field]]: id } of charges) {
    if (id === undefined || name === "") continue;
    const bearers = sources.get(source) ?? new Map<string, Bearer>();
    sources.set(source, bearers);
    const known = bearers.get(id) ?? { id, name, day, names: new Set<string>() };
    bearers.set(id, known);
    known.names.add(name);
    if (day > known.day || (day === known.day && name > known.name)) Object.assign(known, { name, day });
  }
  return sources;
}

function registerOf(bearers: Map<string, Bearer>): Register {
  const all = [...bearers.values()];
  const byName = new Map<string, Bearer | null>();
  for (const bearer of all) for (const name of bearer.names) byName.set(name, byName.has(name) ? null : bearer);
  const present = new Set(all.map(({ name }) => name));
  const others = new Map(
    all.map((bearer) => [bearer, [bearer.id, ...[...bearer.names].filter((name) => !present.has(name)).toSorted()]] as const),
  );
  return { bearers, byName, others };
}

function registersOf(charges: readonly Charge[], field: Identified): Registers {
  return new Map([...bearersOf(charges, field)].map(([source, bearers]) => [source, registerOf(bearers)]));
}

/** Whose charge it is: by its id; without one by a name that is an id, or that only one id ever bore. */
function bearerIn({ bearers, byName }: Register, charge: Charge, field: Identified): Bearer | null {
  const { [field]: name, [idFields[field]]: id } = charge;
  return bearers.get(id ?? name) ?? byName.get(name) ?? null;
}

/** The tag `team` that a gateway fills with the name of the project, with its present name. */
function tagsWith({ tags, project }: Charge, name: string): string {
  if (tags === "" || name === project) return tags;
  const values = JSON.parse(tags) as Readonly<Record<string, string>>;
  return values["team"] === project ? JSON.stringify({ ...values, team: name }) : tags;
}

/**
 * Charges with the newest name of what vendors tell apart by id: what was renamed there has one history, and what it is called otherwise is kept
 * aside for rules (`namesOf`). Ids are those of one source. A name that one id gave up and another took is the other's. Does not depend on the
 * order of the charges; without ids the list itself.
 */
export function underPresentNames(charges: readonly Charge[]): readonly Charge[] {
  if (!charges.some(({ accountId, projectId, apiKeyId }) => (accountId ?? projectId ?? apiKeyId) !== undefined)) return charges;
  const kinds = identified
    .map((field) => ({ field, registers: registersOf(charges, field) }))
    .filter(({ registers }) => registers.size > 0);
  return charges.map((charge) => {
    const named: { -readonly [field in Identified]?: string } = {};
    let otherNames: { -readonly [field in Identified]?: readonly string[] } | undefined;
    for (const { field, registers } of kinds) {
      const register = registers.get(charge.source);
      const bearer = register && bearerIn(register, charge, field);
      if (!register || !bearer) continue;
      named[field] = bearer.name;
      otherNames ??= {};
      otherNames[field] = register.others.get(bearer) ?? [];
    }
    if (otherNames === undefined) return charge;
    return { ...charge, ...named, tags: tagsWith(charge, named.project ?? charge.project), otherNames };
  });
}
