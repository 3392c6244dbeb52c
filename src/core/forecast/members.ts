import { mean, median } from "../statistics.ts";
import { dampedTrend, driftingLevel, followingLevel, levelStart, recentLevel, robustLevel, smoothedLevel } from "./level.ts";
import { plainProfile, weekdayProfile } from "./weekday.ts";
import { yearAgo } from "./year.ts";

/** A weekday that costs less of its week's mean than this usually costs nothing. */
const smallestRatio = 0.05;
const week = 7;
const fitDays = 56;
const profileWeeks = 12;
const [threeWeeks, fourWeeks] = [21, 28];
const fewestNewLevels = week;
/** More days at 0 than a weekend explains: medians are 0 while the month is not. */
const mostZeros = 0.3;
/** Above so many medians the mean of four weeks is made of bursts. */
const burstyFrom = 1.5;
/** The first so many members are medians of four weeks and more, which no burst moves. */
export const steadyMembers = 2;
/** The member that knows a year ago, where one is known. */
export const yearMember = 1;

/** The values from `first` on without their weekdays. One that usually costs nothing tells no level: that of the week before stands. */
function levelsOf(values: readonly number[], first: number, ratioOf: (index: number) => number): number[] {
  const levels: number[] = [];
  for (let index = first; index < values.length; index++) {
    const [value, ratio] = [values[index] ?? 0, ratioOf(index)];
    levels.push(ratio >= smallestRatio ? value / ratio : levels.length === 0 ? value : median(levels.slice(-week)));
  }
  return levels;
}

/** What kind of series it is: that decides which members it has, on earlier days as well. */
export interface Traits {
  readonly sparse: boolean;
  readonly bursty: boolean;
}

/** The traits of a series of daily amounts. */
export function traitsOf(values: readonly number[]): Traits {
  return { sparse: isSparse(values), bursty: isBursty(values) };
}

/** What follows each day, for a series without bursts: plain smoothing, and the level of three weeks times the weekdays of eight as they were. */
function followingMembers(values: readonly number[], levels: readonly number[], ahead: readonly number[]): number[][] {
  const plain = plainProfile(values);
  const ratioOf = (index: number) => plain[index % 7] ?? 1;
  const recent = recentLevel(levelsOf(values, values.length - Math.min(levels.length, threeWeeks), ratioOf));
  const following = followingLevel(levels);
  return [ahead.map((ratio) => following * ratio), ahead.map((_, day) => recent * ratioOf(values.length + day))];
}

/**
 * Cheap forecasts of the days after `values`, one path a member. All but one share a weekday profile and begin where the present level does. A
 * series with many zeros has the means of one and of four weeks as members too, one without bursts those that follow each day. Levels begin with `levelFrom` as soon as a week is known
 * from there on; what was a year before such a level says nothing about it.
 */
export function membersOf(values: readonly number[], days: number, { sparse, bursty }: Traits, levelFrom = 0): number[][] {
  const profile = weekdayProfile(values, profileWeeks);
  const ratioOf = (index: number) => profile[index % 7] ?? 1;
  const restart = values.length - levelFrom < fewestNewLevels ? 0 : levelFrom;
  const first = Math.max(restart, values.length - fitDays);
  const recent = levelsOf(values, first, ratioOf);
  const isTold = (index: number) => ratioOf(first + index) >= smallestRatio;
  const begin = first + levelStart(recent, isTold);
  const levels = recent.slice(begin - first);
  const ahead = Array.from({ length: days }, (_, day) => ratioOf(values.length + day));
  const flat = (level: number) => ahead.map((ratio) => level * ratio);
  const moving = (path: readonly number[]) => path.map((level, day) => level * (ahead[day] ?? 1));
  const means = sparse ? [week, fourWeeks].map((count) => flat(mean(values.slice(Math.max(begin, values.length - count))))) : [];
  const year = restart === 0 ? yearAgo(values, profile, days) : null;
  const middle = median(levels.slice(-fourWeeks));
  return [
    flat(robustLevel(levels)),
    year ? moving(year.map((ratio) => middle * ratio)) : flat(middle),
    flat(smoothedLevel(levels)),
    flat(median(levels.slice(-week))),
    moving(dampedTrend(levels, days)),
    moving(driftingLevel(levels, days)),
    ...means,
    ...(sparse || bursty ? [] : followingMembers(values, levels, ahead)),
  ];
}

/** Many of the last days cost nothing. */
export function isSparse(values: readonly number[]): boolean {
  const recent = values.slice(-fourWeeks);
  return recent.filter((value) => value <= 0).length > mostZeros * recent.length;
}

/** Much of what the last weeks cost came in bursts. */
export function isBursty(values: readonly number[]): boolean {
  const recent = values.slice(-fourWeeks);
  return !isSparse(recent) && mean(recent) > burstyFrom * median(recent);
}
