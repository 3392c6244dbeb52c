import { type Charge, type Identified, identified } from "../ledger/charge.ts";
import { logText } from "../text.ts";
import type { Allocation } from "./allocation.ts";

/** What is called otherwise now: earlier names in small letters, with the present name. */
function renamedIn(charges: readonly Charge[], field: Identified): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const { otherNames, [field]: present } of charges)
    for (const earlier of otherNames?.[field]?.slice(1) ?? []) renamed.set(earlier.toLowerCase(), present);
  return renamed;
}

const words = { account: "account", project: "project", apiKey: "API key" } as const satisfies Record<Identified, string>;

/**
 * Rules of `allocation.yaml` that name something by an earlier name, as sentences. They hold as long as charges of that name count, so people
 * have time to write the present one. Globs are not judged.
 */
export function outdatedNames(charges: readonly Charge[], { rules }: Allocation): string[] {
  const known = charges.filter(({ otherNames }) => otherNames !== undefined);
  if (known.length === 0) return [];
  const found = identified.flatMap((field) => {
    const renamed = renamedIn(known, field);
    return rules.flatMap(({ match: { [field]: name = "" } }) => {
      const present = renamed.get(name.toLowerCase());
      if (present === undefined) return [];
      return [
        `allocation.yaml says ${words[field]} ${logText(name)}, which was renamed to ${logText(present)}: write that, or its id; the old name holds as long as its days count`,
      ];
    });
  });
  return [...new Set(found)];
}
