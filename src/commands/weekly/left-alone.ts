import { join } from "node:path";
import type { Day } from "../../core/day.ts";
import { ledgerName } from "../../core/ledger/ledger.ts";
import { Problem } from "../../core/problem.ts";
import { headlineOf } from "../../document/mirror/headline.ts";
import { type Told, toldBy } from "../../document/mirror/told.ts";
import type { Standing } from "../../forges/forge.ts";
import type { Settings } from "../../shell/config.ts";
import type { Call } from "../command.ts";
import { gather } from "../figures/gather.ts";
import { nothingKnown } from "../reviews/files.ts";

interface LeftAlone {
  readonly id: string;
  readonly path: string;
  readonly asOf: Day;
}

/**
 * What a review that is left alone says: the figures of its file. Where the file is gone they are computed from its ledger file, or
 * from the sources; the verdict is null where these tell nothing either.
 */
export async function toldOf(call: Call, settings: Settings, standing: Standing, { id, path, asOf }: LeftAlone): Promise<Told> {
  const text = await standing.read(path);
  const told = text === null ? null : toldBy(text, path);
  if (told) return told;
  try {
    const own = await standing.read(join(call.reviews, "ledger", ledgerName(asOf, id)));
    const { review } = await gather(own === null ? call : { ...call, fetch: false }, settings, asOf, { own, ...nothingKnown });
    return { verdict: review.verdict, headline: headlineOf(review) };
  } catch (error) {
    if (error instanceof Problem) return { verdict: null, headline: id };
    throw error;
  }
}
