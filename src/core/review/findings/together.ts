import type { Period } from "../../day.ts";
import { type Micros, sum } from "../../money.ts";
import { costIn } from "../../slices/slice.ts";
import type { Anomaly } from "./odd-days.ts";

/** What several findings cost together, what was expected of that, and what an event let expect. */
export interface Together {
  readonly actual: Micros;
  readonly expected: Micros;
  readonly stated: Micros;
}

const shared = (a: Period, b: Period): Period => ({
  start: a.start > b.start ? a.start : b.start,
  end: a.end < b.end ? a.end : b.end,
});

/** What services cost on days on which their provider is a finding, too: it stands in the amounts of both, expected as it came. */
function countedTwice(list: readonly Anomaly[]): Micros {
  const providers = list.filter(({ slice }) => slice.dimension === "provider");
  return sum(
    list
      .filter(({ slice }) => slice.dimension === "service")
      .flatMap(({ slice, period }) =>
        providers
          .filter((provider) => provider.slice.key === slice.path[0])
          .map((provider) => costIn(slice.days, shared(period, provider.period))),
      ),
  );
}

/** Each cost counts once, also where a provider and services of its own are told. */
export function togetherOf(list: readonly Anomaly[]): Together {
  const twice = countedTwice(list);
  const total = (pick: (anomaly: Anomaly) => Micros) => sum(list.map(pick)) - twice;
  return {
    actual: total(({ actual }) => actual),
    expected: total(({ expected }) => expected),
    stated: total(({ event }) => event?.expected ?? 0n),
  };
}
