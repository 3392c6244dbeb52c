import { describe, expect, it } from "vitest";
import { dayKey } from "../../src/core/ledger/ledger.ts";
import { printLedger } from "../../src/core/ledger/print.ts";
import { config } from "../scenarios/project.ts";
import { charge, daily, units } from "../support/charges.ts";
import { folderWith, overpace } from "../support/world.ts";
import { pathOf, reported, textOf } from "./actions-lab.ts";

/** Effects of actions where the costs to measure them by are not known, not final or not all there; and the day they are told of. */

const date = "2026-11-02";
const review = textOf({
  date,
  actions: [
    { n: 1, about: "openai/inference", effect: "{ cost: -70 }", due: "2026-11-08" },
    { n: 2, about: "pinecone", effect: "{ percent: -10 }", due: "2026-11-08" },
  ],
});
const days = Map.groupBy(daily({ start: "2026-10-01", end: "2026-11-24" }, { cost: units(100) }), ({ source, day }) => dayKey(source, day));
const ledger = printLedger(days);
const name = "reviews/ledger/2026-11-23.2026-W47.csv";
const effectsIn = async (files: Readonly<Record<string, string>>) =>
  (await reported(folderWith({ [pathOf(date)]: review, ...files }), ["--as-of", "2026-11-24"])).actions.map(({ effect }) => effect);

describe("an effect", () => {
  it.each([
    ["a ledger that is damaged", { "config/overpace.yaml": config, [name]: "nonsense\n" }, "the ledger cannot be read: not a ledger file"],
    ["settings that are not sound", { "config/overpace.yaml": "owners: {\n", [name]: ledger }, "the settings cannot be read"],
    ["no ledger", { "config/overpace.yaml": config }, "openai/inference is no slice of the ledger"],
  ])("with %s is not measurable, and says why", async (_, files, why) => {
    const [cost] = await effectsIn(files);
    expect(cost).toMatchObject({
      state: "not-measurable",
      why: expect.stringContaining(why) as string,
      expected: "-70.00",
      measured: null,
    });
  });

  it("that is stated in percent expects no amount while its slice is not known", async () => {
    expect((await effectsIn({ "config/overpace.yaml": config, [name]: ledger }))[1]).toMatchObject({
      state: "not-measurable",
      expected: null,
    });
  });

  it("waits for days that may still change, and takes days without use for a hole unless they were planned", async () => {
    const weeks = async (settings: string, text = ledger) => {
      const [effect] = await effectsIn({ "config/overpace.yaml": `${config}${settings}`, [name]: text });
      return effect?.weeks;
    };
    expect(await weeks("")).toBe(2);
    expect(await weeks("    settlingDays: 1\n")).toBe(2);
    expect(await weeks("    settlingDays: 2\n")).toBe(1);
    const idle = printLedger(new Map([...days].filter(([key]) => !/2026-11-(?:18|19|20)/.test(key))));
    expect(await weeks("", idle)).toBe(1);
    expect(await weeks("events: [{ name: Holiday, kind: holiday, start: 2026-11-18, end: 2026-11-21 }]\n", idle)).toBe(2);
  });

  it("leaves out corrections that a later month bills, which are no use of their day", async () => {
    const late = charge({ day: "2026-11-18", cost: units(-500), correction: true, billingPeriod: "2026-12-01" });
    const text = printLedger(
      new Map([...days, [dayKey(late.source, late.day), [...(days.get(dayKey(late.source, late.day)) ?? []), late]]]),
    );
    expect((await effectsIn({ "config/overpace.yaml": config, [name]: text }))[0]).toMatchObject({ measured: "0.00", weeks: 2 });
  });

  it("is measured beside a source that never brought anything", async () => {
    const settings = `${config}  - { type: focus, name: silent, path: silent.csv }\n`;
    expect((await effectsIn({ "config/overpace.yaml": settings, [name]: ledger }))[0]).toMatchObject({ state: "measured", weeks: 2 });
  });

  it.each([
    ["no ledger", {}],
    ["a ledger that is damaged", { [name]: "nonsense\n" }],
  ])("is told in the currency of the plan with %s", async (_, files) => {
    const plan = { "config/overpace.yaml": config, "config/plan.yaml": 'currency: EUR\nmonths: { "2026-11": 3000 }\n' };
    const folder = folderWith({ [pathOf(date)]: review, ...plan, ...files });
    expect((await overpace(folder, ["actions", "--as-of", "2026-11-24"])).out).toContain("expected -EUR 70.00 a week");
  });
});

it("a file that cannot be read is named where there is no git, too", async () => {
  const broken = { [pathOf("2026-11-09")]: textOf({ date: "2026-11-09" }).replace("state: held", "state: [") };
  const { err } = await overpace(folderWith({ [pathOf(date)]: textOf({ date }), ...broken }), ["actions", "--as-of", "2026-11-24"]);
  expect(err).toBe("warning: reviews/2026/2026-W45.md: its actions cannot be read: overpace check says what is wrong with it\n");
});

describe("the day that actions are told of", () => {
  const asOf = async (files: Readonly<Record<string, string>>) =>
    (JSON.parse((await overpace(folderWith(files), ["actions", "--json"], { now: "2026-11-26T08:00:00Z" })).out) as { asOf: string }).asOf;
  const files = { [pathOf(date)]: textOf({ date }) };

  it.each([
    ["on Mondays without settings", files, "2026-11-23"],
    ["by the schedule of the settings", { ...files, "config/overpace.yaml": `${config}schedule: { weekday: wednesday }\n` }, "2026-11-25"],
    ["without any review", { "reviews/x": "" }, "2026-11-23"],
  ])("is the latest review date: %s", async (_, given, day) => expect(await asOf(given)).toBe(day));

  it("an id is refused where no review decided anything", async () => {
    expect(await overpace(folderWith({ "reviews/x": "" }), ["actions", "2026-W44-1", "--as-of", "2026-11-16"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("no review decided any action yet") as string,
    });
  });
});
