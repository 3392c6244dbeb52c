import { randomFrom } from "../random.ts";
import { type MadeSeries, normalFrom } from "./made-series.ts";

/**
 * Seeded daily costs as cloud bills have them: machines that are resized, stay so for weeks and cost the same every day; stages that sleep at
 * weekends; storage that grows a little every day until it is cleared; traffic with weekdays; AI usage that starts after a trial; jobs that run for
 * days; fees that change with the month; discounts that accrue through it; outages; and days booked in part on the day after. How often things
 * happen was set so that simple methods stand to each other about as on real bills.
 */

interface Calendar {
  readonly days: number;
  /** 0 is Sunday. */
  readonly weekday: (day: number) => number;
  readonly dayOfMonth: (day: number) => number;
}

type Dice = () => number;
type Service = (dice: Dice, calendar: Calendar) => number[];

const between = (dice: Dice, low: number, high: number) => low + (high - low) * dice();
const oneOf = <T>(dice: Dice, first: T, ...more: readonly T[]): T => [first, ...more][Math.floor(dice() * (more.length + 1))] ?? first;
const daily = (calendar: Calendar, costOf: (day: number) => number) => Array.from({ length: calendar.days }, (_, day) => costOf(day));
const isWeekend = (calendar: Calendar, day: number) => [0, 6].includes(calendar.weekday(day));

/** 1, multiplied at some days of the year by a new size; some changes are taken back after days or weeks. */
function sizes(dice: Dice, calendar: Calendar, aYear: number, spread: number): number[] {
  const normal = normalFrom(dice);
  let [size, passing, until] = [1, 1, -1];
  return daily(calendar, (day) => {
    if (dice() < aYear / 365) {
      const factor = Math.exp(spread * normal());
      if (dice() < 0.2) [passing, until] = [factor, day + between(dice, 3, 42)];
      else size *= factor;
    }
    return size * (day < until ? passing : 1);
  });
}

/** Noise of which `lingers` stays until the next day, around a level that goes its own way. */
function demand(dice: Dice, calendar: Calendar, noise: number, lingers: number): number[] {
  const normal = normalFrom(dice);
  const wanders = between(dice, 0, 0.3) * noise;
  let [rest, level] = [noise * normal(), 0];
  return daily(calendar, () => {
    rest = lingers * rest + noise * Math.sqrt(1 - lingers ** 2) * normal();
    level += wanders * normal();
    return Math.exp(level + rest);
  });
}

/** A few equal machines, some of them started and stopped by demand; some vendors take off more the longer they ran this month. */
const machines: Service = (dice, calendar) => {
  const fleet = sizes(dice, calendar, between(dice, 4, 20), 0.4);
  const load = demand(dice, calendar, between(dice, 0.05, 0.35), between(dice, 0.5, 0.95));
  const [count, scaled, weekend] = [between(dice, 3, 40), dice() < 0.5 ? between(dice, 0.2, 1) : 0, between(dice, 0.6, 1)];
  const accrues = dice() < 0.25 ? between(dice, 0.1, 0.5) : 0;
  return daily(calendar, (day) => {
    const wanted = (load[day] ?? 1) * (isWeekend(calendar, day) ? weekend : 1);
    const running = Math.max(1, Math.round(count * (fleet[day] ?? 1) * (1 - scaled + scaled * wanted)));
    return (running / count) * (1 - (accrues * calendar.dayOfMonth(day)) / 30);
  });
};

/** Machines for working days. */
const stage: Service = (dice, calendar) => {
  const fleet = sizes(dice, calendar, between(dice, 2, 10), 0.4);
  const load = demand(dice, calendar, between(dice, 0.02, 0.15), 0.4);
  const weekend = between(dice, 0, 0.5);
  return daily(calendar, (day) => (fleet[day] ?? 1) * (load[day] ?? 1) * (isWeekend(calendar, day) ? weekend : 1));
};

/** Grows by much the same every day; now and then a part of it is deleted. */
const storage: Service = (dice, calendar) => {
  const noise = demand(dice, calendar, between(dice, 0.001, 0.01), 0.5);
  const growth = between(dice, 0, 0.006);
  let stored = 1;
  return daily(calendar, (day) => {
    stored += growth * between(dice, 0.5, 1.5);
    if (dice() < 1.5 / 365) stored *= between(dice, 0.5, 0.95);
    return stored * (noise[day] ?? 1);
  });
};

/** Requests and what they move: weekdays, slow growth, lingering noise. */
const traffic: Service = (dice, calendar) => {
  const load = demand(dice, calendar, between(dice, 0.04, 0.25), between(dice, 0.3, 0.8));
  const [growth, weekend, steps] = [between(dice, -0.001, 0.003), between(dice, 0.5, 1.2), sizes(dice, calendar, 3, 0.4)];
  return daily(calendar, (day) => (load[day] ?? 1) * (steps[day] ?? 1) * Math.exp(growth * day) * (isWeekend(calendar, day) ? weekend : 1));
};

/** Nothing while a trial pays, then growth that slows down, with cheaper and dearer models on the way. */
const tokens: Service = (dice, calendar) => {
  const load = demand(dice, calendar, between(dice, 0.1, 0.35), between(dice, 0.2, 0.7));
  const models = sizes(dice, calendar, 3, 0.5);
  const [trial, half, pace, weekend] = [between(dice, -120, 120), between(dice, 30, 400), between(dice, 15, 90), between(dice, 0.3, 0.9)];
  return daily(calendar, (day) => {
    const adopted = day < trial ? 0 : 0.1 + 1 / (1 + Math.exp((half - day) / pace));
    return adopted * (load[day] ?? 1) * (models[day] ?? 1) * (isWeekend(calendar, day) ? weekend : 1);
  });
};

/** Little on most days, much for a few. */
const jobs: Service = (dice, calendar) => {
  const load = demand(dice, calendar, 0.1, 0.3);
  const [aYear, height] = [between(dice, 2, 8), between(dice, 0.5, 2)];
  let left = 0;
  return daily(calendar, (day) => {
    if (dice() < aYear / 365) left = Math.ceil(between(dice, 1, 6));
    return (0.5 + (left-- > 0 ? height : 0)) * (load[day] ?? 1);
  });
};

/** The same every day of a month; seats are added and given back with the next. */
const fees: Service = (dice, calendar) => {
  let seats = Math.ceil(between(dice, 5, 60));
  const first = seats;
  return daily(calendar, (day) => {
    if (calendar.dayOfMonth(day) === 1) seats = Math.max(1, seats + Math.round(between(dice, -0.06, 0.1) * first));
    return seats / first;
  });
};

const kinds: readonly [Service, ...Service[]] = [machines, machines, stage, storage, storage, traffic, tokens, jobs, fees];

/** Part of some days is booked on the day after, or a part of the day after already on it; it comes in stretches. */
function booked(costs: readonly number[], dice: Dice): number[] {
  const often = dice() < 0.5 ? 0 : between(dice, 0.05, 0.5);
  const lumps = costs.slice();
  let restless = false;
  for (let day = 0; day + 1 < lumps.length; day++) {
    if (dice() < 1 / 40) restless = dice() < 0.35;
    if (!restless || dice() >= often) continue;
    const moved = oneOf(dice, 0.5, 0.9, 1, -0.5, -1);
    const part = moved * (moved > 0 ? (lumps[day] ?? 0) : (costs[day + 1] ?? 0));
    lumps[day] = (lumps[day] ?? 0) - part;
    lumps[day + 1] = (lumps[day + 1] ?? 0) + part;
  }
  return lumps;
}

/** Days on which everything stood still for some hours. */
function outages(dice: Dice, calendar: Calendar): number[] {
  let [left, kept] = [0, 1];
  return daily(calendar, () => {
    if (dice() < 0.7 / 365) [left, kept] = [Math.ceil(2 * dice()), between(dice, 0, 0.5)];
    return left-- > 0 ? kept : 1;
  });
}

const round = (value: number) => Math.round(Math.max(0, value) * 1e6) / 1e6;

/** One bill of 240 to 730 days: its total and its two dearest services. */
export function madeBill(seed: number): MadeSeries[] {
  const dice = randomFrom(seed * 104_729);
  const start = `${2018 + Math.floor(6 * dice())}-0${1 + Math.floor(9 * dice())}-01`;
  const first = Date.parse(`${start}T00:00:00Z`);
  const dateOf = (day: number) => new Date(first + day * 86_400_000);
  const calendar: Calendar = {
    days: Math.floor(between(dice, 240, 730)),
    weekday: (day) => dateOf(day).getUTCDay(),
    dayOfMonth: (day) => dateOf(day).getUTCDate(),
  };
  const standing = outages(dice, calendar);
  const level = Math.exp(between(dice, 0, 9));
  const services = Array.from({ length: 3 + Math.floor(4 * dice()) }, () => {
    const share = Math.exp(between(dice, -2.5, 0));
    const costs = oneOf(dice, ...kinds)(dice, calendar).map((cost, day) => level * share * cost * (standing[day] ?? 1));
    return booked(costs, dice).map(round);
  });
  const total = daily(calendar, (day) => round(services.reduce((sum, service) => sum + (service[day] ?? 0), 0)));
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const dearest = services.toSorted((a, b) => sum(b) - sum(a)).slice(0, 2);
  return [total, ...dearest].map((values, index) => ({ name: `bill-${seed}${["", " dearest", " second"][index]}`, start, values }));
}
