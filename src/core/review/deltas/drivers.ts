import { type Day, type Period, eachDay } from "../../day.ts";
import { absolute, apportion, microsPerCent, sum } from "../../money.ts";
import { type Delta, type TwoWeeks, twoWeeks } from "../../slices/delta.ts";
import type { ExactWeeks } from "../../slices/estimated.ts";
import type { Kind } from "../../slices/kind.ts";
import { unallocated, unnamed } from "../../slices/slice.ts";
import type { KindWeek, KindWeeks } from "../../split/kind-weeks.ts";
import { type UntoldModels, isUntold } from "../data/told-counts.ts";

/** What moved inside a service: by model and by feature, its volumes, and its days. */
export interface Drivers {
  readonly models: readonly Driver[];
  readonly features: readonly Driver[];
  readonly requests: Volume | null;
  readonly tokens: Volume | null;
  /** Cents of each day of the week under review; they add up to the delta's last 7 days. */
  readonly days: readonly { readonly day: Day; readonly cost: bigint }[];
}

export interface Driver {
  readonly name: string;
  readonly amounts: TwoWeeks;
}

/** Counts of both weeks. */
export interface Volume {
  readonly last7: number;
  readonly prior7: number;
}

/** Shown for cost that no model is named for. */
const noModel = "(no model)";

/** What usage of one kind costs in each week. */
interface KindCost {
  readonly kind: Kind;
  readonly cost: ExactWeeks;
  readonly estimated: ExactWeeks;
}

function costsOf({ kind, last7, prior7 }: KindWeeks): KindCost {
  const cost = ({ types }: KindWeek) => types.values().reduce((total, type) => total + type.cost, 0n);
  return {
    kind,
    cost: { last7: cost(last7), prior7: cost(prior7) },
    estimated: { last7: last7.estimated, prior7: prior7.estimated },
  };
}

function added(all: readonly KindCost[], amount: "cost" | "estimated"): ExactWeeks {
  return { last7: sum(all.map((one) => one[amount].last7)), prior7: sum(all.map((one) => one[amount].prior7)) };
}

function byChange(a: Driver, b: Driver): number {
  const [x, y] = [absolute(a.amounts.change), absolute(b.amounts.change)];
  return x === y ? (a.name < b.name ? -1 : 1) : x > y ? -1 : 1;
}

function split(costs: readonly KindCost[], nameOf: (kind: Kind) => string, delta: Delta): Driver[] {
  const byName = [...Map.groupBy(costs, ({ kind }) => nameOf(kind))].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = byName.map(([name, sums]) => ({ name, sums }));
  const exact = parts.map(({ sums }) => added(sums, "cost"));
  const cents = (week: "last7" | "prior7") =>
    apportion(
      exact.map((amounts) => amounts[week]),
      microsPerCent,
      delta[week],
    );
  const [last, prior] = [cents("last7"), cents("prior7")];
  const driver = ({ name, sums }: (typeof parts)[number], index: number): Driver => ({
    name,
    amounts: twoWeeks(exact[index] ?? { last7: 0n, prior7: 0n }, last[index] ?? 0n, prior[index] ?? 0n, added(sums, "estimated")),
  });
  const moved = ({ amounts }: Driver) => amounts.exact.last7 !== 0n || amounts.exact.prior7 !== 0n;
  return parts.map(driver).filter(moved).sort(byChange);
}

const tokensOf = ({ types }: KindWeek) => types.values().reduce((total, { tokens }) => total + tokens, 0);

function volume(kinds: readonly KindWeeks[], countOf: (week: KindWeek) => number): Volume | null {
  const total = (week: "last7" | "prior7") => kinds.reduce((all, sums) => all + countOf(sums[week]), 0);
  const amounts = { last7: total("last7"), prior7: total("prior7") };
  return amounts.last7 === 0 && amounts.prior7 === 0 ? null : amounts;
}

/** What moved inside a listed service, by its kinds among those of all usage; without volumes where those of one of its models are `untold`. */
export function driversOf(delta: Delta, all: readonly KindWeeks[], week: Period, untold: UntoldModels): Drivers {
  const [provider, service] = delta.slice.path;
  const kinds = all.filter(({ kind }) => (kind.provider || unnamed) === provider && (kind.service || unnamed) === service);
  const costs = kinds.map(costsOf);
  const isTold = (count: keyof UntoldModels) => !kinds.some(({ kind }) => isUntold(untold, count, kind));
  const days = eachDay(week);
  const cents = apportion(
    days.map((day) => delta.slice.days.get(day) ?? 0n),
    microsPerCent,
    delta.last7,
  );
  return {
    models: split(costs, ({ model }) => model || noModel, delta),
    features: split(costs, ({ allocated }) => allocated.feature || unallocated, delta),
    requests: isTold("requests") ? volume(kinds, ({ requests }) => requests ?? 0) : null,
    tokens: isTold("tokens") ? volume(kinds, tokensOf) : null,
    days: days.map((day, index) => ({ day, cost: cents[index] ?? 0n })),
  };
}
