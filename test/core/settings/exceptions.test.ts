import { describe, expect, it } from "vitest";
import { coverOf, eventSchema, eventsFor, eventsIn, passesEverywhere, takesAway } from "../../../src/core/settings/events.ts";
import { ignoreSchema, isExpired } from "../../../src/core/settings/ignore.ts";
import { inScope } from "../../../src/core/settings/scope.ts";

const launch = { name: "Summaries", kind: "launch", start: "2026-11-16", end: "2026-11-18" } as const;
const ignored = { scope: { provider: "OpenAI" }, reason: "backfill of the archive", until: "2026-12-01" };
const faultsOf = (schema: typeof eventSchema | typeof ignoreSchema, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("planned events", () => {
  it.each([
    ["an end on the first day", { ...launch, end: "2026-11-16" }, "end: is not after `start`"],
    ["more than three months", { ...launch, end: "2027-02-17" }, "end: is more than 92 days after"],
    ["a day that is none", { ...launch, start: "2026-11-31" }, "start: expected a day"],
    ["an unknown kind", { ...launch, kind: "party" }, "kind: "],
    ["a scope of nothing", { ...launch, scope: {} }, "scope: names nothing"],
    ["a scope of a model", { ...launch, scope: { provider: "OpenAI", model: "gpt-5" } }, "scope.model: cannot be in a scope: odd days are"],
    ["a scope of tags", { ...launch, scope: { service: "*", tags: { team: "a" } } }, "scope.tags: cannot be in a scope: odd days are"],
    ["a scope of what is nothing", { ...launch, scope: { provider: "OpenAI", modell: "gpt-5" } }, "scope: "],
    ["an empty glob", { ...launch, scope: { provider: "" } }, "scope.provider: is empty"],
    ["a fall by more than everything", { ...launch, effect: { percent: -101 } }, "effect.percent: "],
    ["no end", { ...launch, end: undefined }, "end: "],
    ["an unknown key", { ...launch, owner: "octocat" }, ": "],
  ])("%s is refused where it stands", (_, value, fault) => {
    const faults = faultsOf(eventSchema, value);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  it("a launch explains the seven days that a new level needs to be known, a holiday its own days", () => {
    expect(coverOf(eventSchema.parse(launch))).toEqual({ start: "2026-11-16", end: "2026-11-23" });
    expect(coverOf(eventSchema.parse({ ...launch, end: "2026-12-01" })).end).toBe("2026-12-01");
    expect(coverOf(eventSchema.parse({ ...launch, kind: "holiday" })).end).toBe("2026-11-18");
  });

  it("the end does not belong to an event", () => {
    const events = [eventSchema.parse(launch)];
    expect(eventsIn(events, { start: "2026-11-17", end: "2026-11-24" })).toHaveLength(1);
    expect(eventsIn(events, { start: "2026-11-18", end: "2026-11-24" })).toHaveLength(0);
    expect(eventsIn(events, { start: "2026-11-09", end: "2026-11-16" })).toHaveLength(0);
  });

  it("are told by their first day", () => {
    const named = (name: string, start: string) => eventSchema.parse({ ...launch, name, start, end: "2026-11-20" });
    const events = [named("b", "2026-11-18"), named("a", "2026-11-16"), named("c", "2026-11-19")];
    expect(eventsIn(events, { start: "2026-11-16", end: "2026-11-23" }).map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  it.each([
    ["holiday", undefined, true, false],
    ["holiday", { provider: "OpenAI" }, false, false],
    ["launch", undefined, false, false],
    ["migration", { provider: "OpenAI" }, false, true],
  ])("a %s of %j moves everything for a time: %s, takes usage away for good: %s", (kind, scope, everywhere, away) => {
    const event = eventSchema.parse({ ...launch, kind, scope });
    expect([passesEverywhere(event), takesAway(event)]).toEqual([everywhere, away]);
  });

  it.each([
    [undefined, ["AWS"], true],
    [{ provider: "open*" }, ["OpenAI", "Inference"], true],
    [{ provider: "open*" }, ["OpenAI"], true],
    [{ provider: "OpenAI", service: "Inference" }, ["OpenAI"], false],
    [{ service: "*search*" }, ["AWS", "OpenSearch"], true],
    [{ provider: "AWS", service: "*search*" }, ["OpenAI", "Search"], false],
  ])("scope %j of %j: %s", (scope, path, is) => {
    expect(inScope(scope, path)).toBe(is);
    expect(eventsFor([eventSchema.parse({ ...launch, scope })], path)).toHaveLength(is ? 1 : 0);
  });
});

describe("the ignore list", () => {
  it.each([
    ["no end", { ...ignored, until: undefined }, "until: "],
    ["a reason that says nothing", { ...ignored, reason: "noise" }, "reason: is too short"],
    ["no scope", { ...ignored, scope: undefined }, "scope: "],
    ["a scope of a feature", { ...ignored, scope: { feature: "search" } }, "scope.feature: cannot be in a scope: odd days are"],
    ["an end before its beginning", { ...ignored, from: "2026-12-01" }, "until: is not after `from`"],
    ["no amount", { ...ignored, most: 0 }, "most: "],
  ])("%s is refused where it stands", (_, value, fault) => {
    const faults = faultsOf(ignoreSchema, value);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  it("an entry has expired when it does not hold for the last day of the week", () => {
    const entry = ignoreSchema.parse(ignored);
    expect(["2026-11-30", "2026-12-01", "2026-12-02"].map((asOf) => isExpired(entry, asOf))).toEqual([false, false, true]);
  });
});
