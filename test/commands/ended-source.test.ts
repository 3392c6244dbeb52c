import { rmSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { type Day, eachDay } from "../../src/core/day.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { adminKey, openAiApi } from "../support/vendors/openai.ts";
import { startVendor, type VendorServer } from "../support/vendors/server.ts";
import { filesIn, folderWith, overpace, write } from "../support/world.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const daily = (end: Day, provider: string, cents: number) =>
  eachDay({ start: "2026-10-05", end }).map((day) => charge(day, provider, "Compute", cents));
const owners = "owners: { engineering: { login: octocat }, product: { login: hubot } }\n";

interface Figures {
  readonly settledThrough: string;
  readonly forecast: { readonly pace: { readonly total: string }; readonly model: { readonly total: string } };
  readonly monthToDate: { readonly total: string };
  readonly sources: readonly unknown[];
}

describe("a vendor whose key was taken back after the last use", () => {
  const costs = eachDay({ start: "2026-10-05", end: "2026-11-18" }).map((day) => ({
    day,
    line: "gpt-6, input",
    project: "proj_a",
    key: null,
    value: "10",
  }));

  /** A cloud that costs 100 a day, and OpenAI, which costs 10 a day through 17 November. */
  async function stage() {
    const server = await startVendor(openAiApi({ costs, uses: [], projects: {}, keys: {} }));
    const folder = folderWith({ "costs/all.csv": focusCsv(daily("2026-12-21", "AWS", 10_000)) });
    const settings = (until: string) =>
      write(folder, {
        "config/overpace.yaml": `${owners}sources:\n  - { type: focus, path: costs/all.csv }\n  - { type: openai, baseUrl: "${server.url}"${until} }\n`,
      });
    settings("");
    const run = (words: string) => overpace(folder, words.split(" "), { env: { OPENAI_ADMIN_KEY: adminKey } });
    const figures = async (asOf: string): Promise<Figures> => JSON.parse((await run(`analyze --as-of ${asOf} --json --no-fetch`)).out);
    return { folder, server, settings, run, figures };
  }

  test("is missed without `until`; with it nothing is, and nothing of it is to come", async () => {
    const { folder, server, settings, run, figures } = await stage();
    await run("weekly --as-of 2026-11-23");
    await server.close();
    const missed = await run("weekly --as-of 2026-11-30");
    expect(missed.err).toContain("source `openai` could not be read");
    expect(missed.out).toContain("data missing");

    // Two weeks later the review says what may be the case.
    const hint = "If nothing is used there any more, write `until: 2026-11-18` at the source.";
    const reviewOf = (week: string) => filesIn(folder)[`reviews/2026/2026-${week}.md`];
    expect(reviewOf("W48")).not.toContain(hint);
    await run("weekly --as-of 2026-12-07");
    expect(reviewOf("W49")).toContain(`7 days of this week missing. ${hint}`);

    settings(", until: 2026-11-18");
    const ended = await run("weekly --as-of 2026-11-30");
    expect(ended).toMatchObject({ code: 0, err: "", out: expect.not.stringContaining("data missing") });
    // 29 days of 100 and 17 of 10; the 30th costs 100.
    expect(await figures("2026-11-30")).toMatchObject({
      settledThrough: "2026-11-29",
      sources: [{ name: "focus" }, { name: "openai", settledThrough: "2026-11-29", problem: null, until: "2026-11-18" }],
      monthToDate: { total: "3070.00" },
      forecast: { pace: { total: "3170.00" }, model: { total: "3170.00" } },
    });
    // Two days of the last seven held OpenAI: the mean is not made of them.
    const { out } = await run("analyze --as-of 2026-11-23 --no-fetch --explain forecast.pace.total");
    expect(out).toContain("openai, ended with 2026-11-17: month to date 170.00");
    expect(out).toContain("7 charges of a day, together 700");
  });

  test("is asked as long as its last month may change, and no longer", async () => {
    const { server, settings, run } = await stage();
    servers.push(server);
    settings(", until: 2026-11-18");
    const asked = async (asOf: string) => {
      const before = server.asked.length;
      expect(await run(`weekly --as-of ${asOf}`)).toMatchObject({ code: 0, err: "" });
      return server.asked.length > before;
    };
    expect(await asked("2026-11-23")).toBe(true);
    expect(await asked("2026-12-07")).toBe(true);
    expect(await asked("2026-12-14")).toBe(false);
  });
});

describe("a file of a source that ended", () => {
  const fee = (end: Day, cents: number) =>
    charge("2026-11-01", "Azure", "Support", cents, {
      ChargePeriodEnd: `${end}T00:00:00Z`,
      ChargeCategory: "Purchase",
      ChargeFrequency: "Recurring",
    });

  /** A cloud that costs 100 a day, and another that costs 10 a day through 17 November, with a fee of 10 a day. */
  function stage(seats: ReturnType<typeof fee>) {
    const folder = folderWith({
      "a.csv": focusCsv(daily("2027-02-01", "AWS", 10_000)),
      "b.csv": focusCsv([...daily("2026-11-18", "Azure", 1_000), seats]),
    });
    const settings = (until: string) =>
      write(folder, {
        "config/overpace.yaml": `${owners}sources:\n  - { type: focus, name: a, path: a.csv }\n  - { type: focus, name: b, path: b.csv${until} }\n`,
      });
    const run = (words: string) => overpace(folder, words.split(" "));
    return { folder, settings, run };
  }

  test("is read as long as a fee of a year has days", async () => {
    const { settings, run } = stage(fee("2027-11-01", 365_000));
    settings(", until: 2026-11-18");
    for (const asOf of ["2026-11-23", "2026-12-14", "2027-01-18"]) await run(`weekly --as-of ${asOf}`);
    const { monthToDate }: Figures = JSON.parse((await run("analyze --as-of 2027-01-18 --json --no-fetch")).out);
    expect(monthToDate.total).toBe("1870.00"); // 17 days of 110
  });

  test("brings the fees of its last month where `until` is written long after, and none where it is gone", async () => {
    const { folder, settings, run } = stage(fee("2026-12-01", 30_000));
    settings("");
    await run("weekly --as-of 2026-11-23");
    settings(", until: 2026-11-18");
    await run("weekly --as-of 2026-12-28");
    const ledger = filesIn(folder)["reviews/ledger/2026-12-28.2026-W52.csv"] ?? "";
    expect(ledger.match(/^2026-11-.*,Support,/gm)).toHaveLength(13);
    rmSync(`${folder}/b.csv`);
    expect(await run("weekly --as-of 2027-01-04")).toMatchObject({ code: 0, err: "" });
  });
});

test("what goes on and is final less far than what ended gives no second month to date", async () => {
  const folder = folderWith({
    "config/overpace.yaml": `${owners}sources:\n  - { type: focus, name: a, path: a.csv, settlingDays: 3 }\n  - { type: focus, name: b, path: b.csv, until: 2026-11-22 }\n`,
    "a.csv": focusCsv(daily("2026-11-23", "AWS", 10_000)),
    "b.csv": focusCsv(daily("2026-11-22", "Azure", 1_000)),
  });
  await overpace(folder, ["weekly", "--as-of", "2026-11-23"]);
  const { "reviews/2026/2026-W47.md": review = "" } = filesIn(folder);
  expect(review).toContain("| November 2026 to date (19 of 30 days) | $2,090.00 |");
  expect(review).toContain(
    "**Forecast:** month to date with all days of what ended $2,110.00 + usage-based cost of the last 7 settled days $700.00",
  );
  const { out } = await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--explain", "forecast.pace.total"]);
  expect(out).toContain("in the month so far, all days of what ended included: 2110.00");
});

test.each(["2026-11-16", "2026-11-18"])(
  "a provider of two sources that both ended, the first with %s, is missed no more",
  async (until) => {
    const folder = folderWith({
      "config/overpace.yaml": `${owners}sources:
  - { type: focus, name: a, path: a.csv }
  - { type: focus, name: b, path: b.csv, until: ${until}, counts: money }
  - { type: focus, name: c, path: c.csv, until: 2026-11-18, counts: money }
`,
      "a.csv": focusCsv(daily("2026-11-23", "AWS", 10_000)),
      "b.csv": focusCsv(daily(until, "Azure", 1_000)),
      "c.csv": focusCsv(daily("2026-11-18", "Azure", 2_000)),
    });
    const { out } = await overpace(folder, ["weekly", "--as-of", "2026-11-23"]);
    expect(out).not.toContain("data missing");
    expect(filesIn(folder)["reviews/2026/2026-W47.md"]).toContain("**Planned:** end of source c on Wed 18 Nov (Azure), -100.0 % expected.");
  },
);

describe("a source of several providers that ended with the week", () => {
  test("is told once, and not as what the forecasts leave out", async () => {
    const providers = ["Acme", "Beta", "Gamma", "Delta", "Zed"];
    const folder = folderWith({
      "config/overpace.yaml": `${owners}sources:\n  - { type: focus, name: a, path: a.csv }\n  - { type: focus, name: b, path: b.csv, until: 2026-11-16 }\n`,
      "a.csv": focusCsv(daily("2026-11-30", "AWS", 10_000)),
      "b.csv": focusCsv(providers.flatMap((provider) => daily("2026-11-16", provider, 2_000))),
    });
    const run = (words: string) => overpace(folder, words.split(" "));
    const linesOf = (week: string) => {
      const { [`reviews/2026/2026-${week}.md`]: text = "" } = filesIn(folder);
      return text.split("\n").filter((line) => line.includes("end of source"));
    };
    await run("weekly --as-of 2026-11-16");
    expect(linesOf("W46")).toEqual(["- **Coming:** end of source b on Mon 16 Nov (Acme, Beta, Delta and 2 more), -100.0 % expected."]);
    await run("weekly --as-of 2026-11-23");
    expect(linesOf("W47").filter((line) => !line.startsWith("Planned in these weeks"))).toEqual([
      expect.stringContaining("; during end of source b."),
      "- **Planned:** end of source b on Mon 16 Nov (Acme, Beta, Delta and 2 more), -100.0 % expected.",
      "- **Planned:** end of source b. Acme · Compute, Beta · Compute, Delta · Compute and 2 more down from Mon 16 Nov to Sun 22 Nov: together $0.00 instead of $700.00, as was expected of it.",
    ]);
    const { out } = await run("analyze --as-of 2026-11-23 --no-fetch --explain events.end-of-source-b@2026-11-16");
    expect(out).toContain("instead of: 700.00");
  });
});

describe("an export that goes on with rows of nothing", () => {
  test("is of a source that has ended", async () => {
    const nothing = eachDay({ start: "2026-11-17", end: "2026-11-22" }).map((day) => charge(day, "Azure", "Compute", 0));
    const folder = folderWith({
      "config/overpace.yaml": `${owners}sources:\n  - { type: focus, name: a, path: a.csv }\n  - { type: focus, name: b, path: b.csv, until: 2026-11-17 }\n`,
      "a.csv": focusCsv(daily("2026-11-23", "AWS", 10_000)),
      "b.csv": focusCsv([...daily("2026-11-17", "Azure", 1_000), ...nothing]),
    });
    const run = (words: string) => overpace(folder, words.split(" "));
    expect(await run("weekly --as-of 2026-11-23")).toMatchObject({ code: 0, err: "" });
    const { sources }: Figures = JSON.parse((await run("analyze --as-of 2026-11-23 --json")).out);
    expect(sources[1]).toEqual({ name: "b", settledThrough: "2026-11-22", problem: null, until: "2026-11-17" });
  });
});

describe("an `until` that the data contradict", () => {
  test.each([
    [
      "2026-11-19",
      "its last day with usage is 2026-11-16, so that it does not count as ended: write `until: 2026-11-17` if nothing is missing after it",
    ],
    [
      "2026-11-10",
      "its last day with usage is 2026-11-16, so that it does not count as ended: write `until: 2026-11-17`, or take `until` out",
    ],
  ])("%s is told, and the source waited for", async (until, text) => {
    const folder = folderWith({
      "config/overpace.yaml": `${owners}sources:\n  - { type: focus, name: a, path: a.csv }\n  - { type: focus, name: b, path: b.csv, until: ${until} }\n`,
      "a.csv": focusCsv(daily("2026-11-23", "AWS", 10_000)),
      "b.csv": focusCsv(daily("2026-11-17", "Azure", 1_000)),
    });
    const run = (words: string) => overpace(folder, words.split(" "));
    expect((await run("weekly --as-of 2026-11-23")).err).toContain(`source \`b\` has \`until: ${until}\`, but ${text}`);
    const { settledThrough, sources }: Figures = JSON.parse((await run("analyze --as-of 2026-11-23 --json")).out);
    expect(settledThrough).toBe("2026-11-16");
    expect(sources[1]).toEqual({ name: "b", settledThrough: "2026-11-16", problem: null });
  });

  test.each(["2026-11-19", "2026-11-10"])("%s lets no fee stand for usage that is missing", async (until) => {
    const seats = charge("2026-11-01", "Azure", "Seats", 30_000, {
      ChargePeriodEnd: "2026-12-01T00:00:00Z",
      ChargeCategory: "Purchase",
      ChargeFrequency: "Recurring",
    });
    const folder = folderWith({
      "config/overpace.yaml": `${owners}sources:\n  - { type: focus, name: a, path: a.csv }\n  - { type: focus, name: b, path: b.csv, until: ${until} }\n`,
      "a.csv": focusCsv(daily("2026-11-23", "AWS", 10_000)),
      "b.csv": focusCsv([...daily("2026-11-17", "Azure", 1_000), seats]),
    });
    const { out } = await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--json"]);
    const { settledThrough, sources }: Figures = JSON.parse(out);
    expect(settledThrough).toBe("2026-11-16");
    expect(sources[1]).toEqual({ name: "b", settledThrough: "2026-11-16", problem: null });
  });

  test("one that is no day is refused with its place", async () => {
    const folder = folderWith({ "config/overpace.yaml": `${owners}sources:\n  - { type: focus, path: a.csv, until: soon }\n` });
    const { code, err } = await overpace(folder, ["weekly", "--as-of", "2026-11-23"]);
    expect(code).toBe(2);
    expect(err).toContain("config/overpace.yaml:3:40");
    expect(err).toContain("expected a day such as 2026-11-16");
  });
});
