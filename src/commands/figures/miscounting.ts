import { inRoles, roleOf, withEnds } from "../../core/attribution/roles.ts";
import { countedTwice } from "../../core/attribution/twice.ts";
import type { Day } from "../../core/day.ts";
import { type Days, chargesOf } from "../../core/ledger/ledger.ts";
import { Problem } from "../../core/problem.ts";
import { endedOf } from "../../core/review/data/ended.ts";
import type { Settings } from "../../shell/config.ts";
import { isRemote } from "../../sources/index.ts";
import { firstDayInDetail } from "./compose.ts";

/** Why the costs of a review would be counted wrong, whatever they are: no source counts money, or a provider's bill comes through two doors. */
export function miscountings(days: Days, { config: { sources } }: Settings, asOf: Day): Problem[] {
  if (sources.every(({ counts }) => counts === "attribution"))
    return [
      new Problem("no source counts money: all of them only say whose costs others are", {
        remedy: "Add the source that bills them to `sources`, or take `counts: attribution` out where costs are money.",
        kind: "usage",
      }),
    ];
  if (sources.length < 2) return [];
  const charges = chargesOf(days, new Set(sources.map(({ name }) => name)), firstDayInDetail(asOf), asOf);
  return countedTwice(
    inRoles(charges, roleOf(charges, withEnds(sources, endedOf(sources, days, asOf)))),
    sources.map((source) => ({ ...source, isVendor: isRemote(source) })),
  );
}
