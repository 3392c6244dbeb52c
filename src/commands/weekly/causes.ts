import { type Causes, causesOf, daysNear } from "../../core/causes/causes.ts";
import { isFirstWeek } from "../../core/review/data/beginning.ts";
import { onsetIn } from "../../core/review/deltas/onset.ts";
import type { Forge } from "../../forges/forge.ts";
import type { Settings } from "../../shell/config.ts";
import type { Call } from "../command.ts";
import type { Gathered } from "../figures/gather.ts";

interface Asking {
  readonly call: Call;
  readonly settings: Settings;
  readonly forge: Forge;
  /** What the review says already: it stands where nothing is fetched. */
  readonly known: Causes | null;
}

/** The review with changes that may have moved its listed deltas, where repositories are configured; what could not be told is a warning. */
export async function withCauses(gathered: Gathered, { call, settings, forge, known }: Asking): Promise<Gathered> {
  const { review } = gathered;
  const { changes } = settings.config;
  if (changes === null || review.listed.length === 0 || isFirstWeek(review)) return gathered;
  if (!call.fetch) return { ...gathered, review: { ...review, causes: known } };
  const deltas = review.listed.map(({ delta }) => ({ id: delta.slice.id, onset: onsetIn(delta, review).day }));
  const found = await forge.changes({ ...changes, days: daysNear(deltas.map(({ onset }) => onset)) });
  const warnings = found.asked.flatMap(({ repository, problem }) =>
    problem === null ? [] : [`candidate causes in ${repository} could not be looked for in full: ${problem}`],
  );
  return { ...gathered, review: { ...review, causes: causesOf(deltas, found) }, warnings: [...gathered.warnings, ...warnings] };
}
