import { percentGrown } from "../../format.ts";
import { divideRounded } from "../../money.ts";
import type { TwoWeeks } from "../../slices/delta.ts";
import type { Drivers, Volume } from "./drivers.ts";

/** Counts of both weeks and their growth in percent; null after nothing. */
export interface MovedVolume extends Volume {
  readonly percent: number | null;
}

/** How much a service was used, beside what it cost. */
export interface Volumes {
  readonly requests: MovedVolume | null;
  readonly tokens: MovedVolume | null;
  /** Where both weeks count both. */
  readonly tokensPerRequest: MovedVolume | null;
  /** Cents of 1,000 requests, where the last week counts them; null before where the prior one counts none. */
  readonly perThousand: { readonly last7: bigint; readonly prior7: bigint | null } | null;
}

const movedVolume = (volume: Volume | null): MovedVolume | null => volume && { ...volume, percent: percentGrown(volume) };

/** Volumes inside a delta, and what follows from them. */
export function volumesOf({ requests, tokens }: Drivers, { last7, prior7 }: Pick<TwoWeeks, "last7" | "prior7">): Volumes {
  const both = requests !== null && requests.last7 > 0 && requests.prior7 > 0;
  const perThousand = (cents: bigint, count: number) => divideRounded(cents * 1000n, BigInt(Math.round(count)));
  return {
    requests: movedVolume(requests),
    tokens: movedVolume(tokens),
    tokensPerRequest:
      both && tokens ? movedVolume({ last7: tokens.last7 / requests.last7, prior7: tokens.prior7 / requests.prior7 }) : null,
    perThousand:
      requests !== null && requests.last7 >= 1
        ? { last7: perThousand(last7, requests.last7), prior7: requests.prior7 >= 1 ? perThousand(prior7, requests.prior7) : null }
        : null,
  };
}
