import { describe, expect, it } from "vitest";
import { dueReviews, reviewDateOn } from "../../../src/core/settings/schedule.ts";

describe("reviewDateOn", () => {
  it.each([
    ["2026-11-23", 1, "2026-11-23"],
    ["2026-11-24", 1, "2026-11-23"],
    ["2026-11-22", 1, "2026-11-16"],
    ["2026-11-22", 0, "2026-11-22"],
    ["2027-01-01", 4, "2026-12-31"],
  ])("on %s with weekday %d it is %s", (today, weekday, date) => expect(reviewDateOn(today, weekday)).toBe(date));
});

describe("dueReviews", () => {
  it.each([
    ["none known: the current week only", null, ["2026-11-23"]],
    ["the newest is the current one: it is refreshed", "2026-11-23", ["2026-11-23"]],
    ["the newest is a week ago", "2026-11-16", ["2026-11-23"]],
    ["two missed, oldest first", "2026-11-02", ["2026-11-09", "2026-11-16", "2026-11-23"]],
    ["many missed: the oldest four", "2026-09-07", ["2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05"]],
    ["the newest lies ahead", "2026-12-07", ["2026-11-23"]],
    ["the weekday of the reviews was another", "2026-11-11", ["2026-11-16", "2026-11-23"]],
  ])("%s", (_, newest, dates) => expect(dueReviews("2026-11-23", newest)).toEqual(dates));
});
