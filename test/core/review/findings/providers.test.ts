import { describe, expect, it, test } from "vitest";
import type { Day } from "../../../../src/core/day.ts";
import type { Charge } from "../../../../src/core/ledger/charge.ts";
import type { Anomaly } from "../../../../src/core/review/findings/odd-days.ts";
import type { ReviewInput } from "../../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../../src/core/review/review.ts";
import { eventSchema } from "../../../../src/core/settings/events.ts";
import { ignoreSchema } from "../../../../src/core/settings/ignore.ts";
import { charge, daily, reviewInput, units } from "../../../support/charges.ts";

/** A provider is a finding of its own only where none of its services explains it. */

const [start, asOf] = ["2026-08-17", "2026-11-23"];
const service = (name: string, cost: number, from: Day = start, end: Day = asOf) =>
  daily({ start: from, end }, { service: name, cost: units(cost) });
/** 48 services that move together, each by too little to be told by itself; they cost 96 a day, and `more` on some days. */
const small = (more: number, from: Day, end: Day) =>
  Array.from({ length: 48 }, (_, index) => [...service(`s${index}`, 2), ...service(`s${index}`, more, from, end)]).flat();
const review = (charges: readonly Charge[], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const told = ({ anomalies, planned, ignored }: Review) =>
  Object.entries({ alert: anomalies, planned, ignored: ignored.map(({ anomaly }) => anomaly) }).flatMap(([kind, list]) =>
    list.map(({ id, direction }) => [kind, id, direction].join(" ")),
  );

const both = [...service("Inference", 100), ...service("Batch", 40)];
const risen = service("Inference", 60, "2026-11-18", "2026-11-21");
const alert = "alert openai/inference@2026-11-18 up";
const joint = small(3, "2026-11-18", "2026-11-20");

describe("a provider of several services", () => {
  it.each<[string, Charge[], string[]]>([
    ["is not named where one of them explains it", [...both, ...risen], [alert]],
    ["is named where they move together", [...both, ...small(3, "2026-11-18", "2026-11-20")], ["alert openai@2026-11-18 up"]],
    ["is none where they did so in the week before", [...both, ...small(3, "2026-11-10", "2026-11-12")], []],
    [
      "is named for other days than those of one of them",
      [...both, ...service("Batch", 60, "2026-11-16", "2026-11-17"), ...small(3, "2026-11-19", "2026-11-21")],
      ["alert openai@2026-11-19 up", "alert openai/batch@2026-11-16 up"],
    ],
    [
      "is named for falling while one of them rises",
      [...both, ...service("Batch", 20, "2026-11-18", "2026-11-19"), ...small(-1.9, "2026-11-18", "2026-11-19")],
      ["alert openai@2026-11-18 down", "alert openai/batch@2026-11-18 up"],
    ],
    [
      "is not named twice where another provider moves",
      [...both, ...risen, ...joint.map((one) => ({ ...one, provider: "AWS" }))],
      ["alert aws@2026-11-18 up", alert],
    ],
  ])("%s", (_, charges, expected) => expect(told(review(charges)).toSorted()).toEqual(expected.toSorted()));

  it.each<[string, Partial<ReviewInput>, string]>([
    [
      "planned",
      {
        events: [
          eventSchema.parse({ name: "Fair", kind: "campaign", start: "2026-11-18", end: "2026-11-21", scope: { service: "Inference" } }),
        ],
      },
      "planned openai/inference@2026-11-18 up",
    ],
    [
      "ignored",
      { ignore: [ignoreSchema.parse({ scope: { service: "Inference" }, reason: "backfill of the archive", until: asOf })] },
      "ignored openai/inference@2026-11-18 up",
    ],
  ])("is none where what moved one of them is %s", (_, part, expected) => {
    expect(told(review([...both, ...risen], part))).toEqual([expected]);
    const more = review([...both, ...service("Batch", 90, "2026-11-19", "2026-11-20"), ...risen], part);
    expect(told(more)).toContain(expected);
    expect(told(more)).toContain("alert openai/batch@2026-11-19 up");
    const together = [expected, "alert openai@2026-11-18 up"].toSorted();
    expect(told(review([...both, ...risen, ...small(4, "2026-11-18", "2026-11-21")], part)).toSorted()).toEqual(together);
  });
});

test("the largest comes first, of two alike the first by its id", () => {
  const of = (provider: string, more: number) => [
    ...daily({ start, end: asOf }, { provider, cost: units(100) }),
    charge({ day: "2026-11-18", provider, cost: units(more) }),
  ];
  const ids = review([...of("Zed", 300), ...of("alpha", 300), ...of("beta", 400)]).anomalies.map(({ id }) => id);
  expect(ids).toEqual(["beta/inference@2026-11-18", "alpha/inference@2026-11-18", "zed/inference@2026-11-18"]);
});

test("what an event lets expect of a provider counts what it explains of a service as that cost", () => {
  const events = [
    eventSchema.parse({
      name: "Summaries",
      kind: "launch",
      start: "2026-11-16",
      end: asOf,
      scope: { provider: "OpenAI" },
      effect: { percent: 20 },
    }),
  ];
  const joint = small(4, "2026-11-18", "2026-11-20");
  const grown = [...service("Inference", 100), ...service("Inference", 45, "2026-11-16"), ...joint];
  const found = review(grown, { events });
  expect(told(found)).toEqual(["alert openai@2026-11-18 up", "planned openai/inference@2026-11-16 up"]);
  // Two days of 145 of Inference, as it cost, and of 96 of the small ones, a fifth more by the event.
  const [provider] = found.anomalies;
  expect(provider).toMatchObject({
    actual: units(2 * (145 + 288)),
    expected: units(2 * (145 + 96)),
    event: { explains: false, expected: units(2 * (145 + 115.2)), event: { name: "Summaries" } },
  });
  // The range is as wide as without that service.
  const [alone] = review([...service("Inference", 100), ...joint], { events }).anomalies;
  const width = ({ low, expected, high }: Anomaly) => [expected - low, high - expected];
  expect(provider && width(provider)).toEqual(alone && width(alone));
});
