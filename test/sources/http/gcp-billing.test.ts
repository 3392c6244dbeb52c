import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { noPrices } from "../../../src/core/settings/prices.ts";
import { gcpBilling } from "../../../src/sources/gcp-billing/index.ts";
import { modelOf } from "../../../src/sources/gcp-billing/model.ts";
import { identifier } from "../../../src/sources/gcp-billing/sql.ts";
import { sourceSchema } from "../../../src/sources/index.ts";
import { runs } from "../../support/properties.ts";
import { accessToken, exportRow, focusColumns } from "../../support/vendors/gcp-billing.ts";
import { refusalOf, worldOf } from "../support.ts";
import { env, place, queriesOf, read, rowsOf, start } from "./gcp-billing.ts";

describe("money", () => {
  test("costs are before credits, and credits stand apart, each kind once", async () => {
    const credits = [
      { type: "COMMITTED_USAGE_DISCOUNT", amount: -3 },
      { type: "PROMOTION", amount: -1 },
      { type: null, amount: -0.5 },
    ];
    const { charges } = await rowsOf([{ cost: 10, credits, labels: { team: "a", env: "b" } }], { tagKeys: ["env", "team"] });
    expect(
      charges.map(({ category, frequency, billed, effective }) => [category, frequency, microsText(billed), microsText(effective)]),
    ).toEqual([
      ["Credit", "Usage-Based", "-4.5", "-4.5"],
      ["Usage", "Usage-Based", "10", "10"],
    ]);
  });

  test("neither labels nor credits count a cost again", async () => {
    const labels = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`key${n}`, "x"]));
    const credits = Array.from({ length: 5 }, () => ({ type: "DISCOUNT", amount: -0.1 }));
    const { charges } = await rowsOf([{ cost: 7, labels, credits }], { tagKeys: ["key1", "key2"] });
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("6.5");
  });

  test("adds smallest amounts up before it rounds", async () => {
    const rows = Array.from({ length: 1000 }, () => ({ cost: 0.000_000_1 }));
    expect((await rowsOf(rows)).charges).toMatchObject([{ billed: 100n }]);
  });

  test("taxes, adjustments and rounding are no usage, and no pace", async () => {
    const kinds = (["regular", "tax", "adjustment", "rounding_error"] as const).map((kind) => ({ kind, cost: 1, service: "Invoice" }));
    const { charges } = await rowsOf(kinds);
    expect(charges.map(({ category, frequency, billed }) => [category, frequency, billed])).toEqual([
      ["Adjustment", "One-Time", 2_000_000n],
      ["Tax", "One-Time", 1_000_000n],
      ["Usage", "Usage-Based", 1_000_000n],
    ]);
  });

  test("credits on what is no usage stay beside it, and what costs nothing is no charge", async () => {
    const { charges } = await rowsOf([
      { kind: "tax", cost: 1, credits: [{ type: "PROMOTION", amount: -0.25 }] },
      { service: "Free", cost: 0 },
    ]);
    expect(charges.map(({ category, billed }) => [category, billed])).toEqual([["Tax", 750_000n]]);
  });

  test("in two currencies is refused", async () => {
    const problem = await refusalOf(rowsOf([{ cost: 1 }, { cost: 1, currency: "EUR" }]));
    expect(problem.message).toBe("Google Cloud answered with amounts in EUR and USD; expected one currency");
  });

  test("in another currency than USD is kept in it", async () => {
    expect((await rowsOf([{ cost: 1, currency: "EUR" }])).charges).toMatchObject([{ currency: "EUR" }]);
  });
});

describe("days", () => {
  test("are UTC days of the usage, whatever month the invoice is, which ends in the Pacific", async () => {
    const { charges } = await rowsOf([
      { time: "2026-10-31T23:30:00", month: "202610", cost: 1 },
      { time: "2026-11-01T06:59:00", month: "202610", cost: 2 },
      { time: "2026-11-01T08:00:00", month: "202611", cost: 4 },
      // It came late: on the invoice of the month after.
      { time: "2026-09-30T08:00:00", month: "202610", cost: 8 },
    ]);
    expect(charges.map(({ day, billingPeriod, correction, billed }) => [day, billingPeriod, correction, billed])).toEqual([
      ["2026-09-30", "2026-10-01", false, 8_000_000n],
      ["2026-10-31", "2026-10-01", false, 1_000_000n],
      ["2026-11-01", "2026-10-01", false, 2_000_000n],
      ["2026-11-01", "2026-11-01", false, 4_000_000n],
    ]);
  });

  test("an adjustment of an earlier month on a later invoice is a correction", async () => {
    const { charges } = await rowsOf([{ time: "2026-09-20T00:00:00", month: "202611", kind: "adjustment", cost: -5 }]);
    expect(charges).toMatchObject([{ day: "2026-09-20", billingPeriod: "2026-11-01", correction: true }]);
  });

  test("usage that was loaded weeks later is found, and partitions from before the range are not read", async () => {
    const server = await start({ rows: [{ ...exportRow, time: "2026-09-20T00:00:00", loaded: "2026-11-08T00:00:00", cost: 1 }] });
    expect((await read(server)).charges).toMatchObject([{ day: "2026-09-20" }]);
    const [query] = queriesOf(server);
    expect(query.query).toMatch(/_PARTITIONTIME >= @loaded\n\)/);
    expect(query.queryParameters).toContainEqual({
      name: "loaded",
      parameterType: { type: "TIMESTAMP" },
      parameterValue: { value: "2026-08-10 00:00:00+00:00" },
    });
  });

  test.each([false, "column"] as const)(
    "a table or view without partitions by loading (%s) is read by usage alone",
    async (partitioned) => {
      expect(microsText(sum((await read(await start({ partitioned }))).charges.map(({ billed }) => billed)))).toBe("12.05");
    },
  );

  test("after the last row are not known, as the export is written in the order of time", async () => {
    const { ranges, settledThrough, warnings } = await rowsOf([{ cost: 1 }, { time: "2026-10-20T10:00:00", month: "202610", cost: 1 }]);
    expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-10-21" }]);
    expect(settledThrough).toBe("2026-10-18");
    expect(warnings).toEqual([
      "source `gcp-billing`: Google Cloud has exported up to 2026-10-20; later days are not known yet (see https://console.cloud.google.com/billing/export)",
    ]);
  });

  test.each([
    ["2026-11-05", []],
    ["2026-11-04", [expect.stringContaining("has exported up to 2026-11-04")]],
  ])("after %s may come within three days, without a warning; later they are said", async (day, warnings) => {
    expect((await rowsOf([{ time: `${day}T10:00:00`, month: "202611", cost: 1 }])).warnings).toEqual(warnings);
  });

  test("before an export that is newer than the range are not known, days that it brought from before are", async () => {
    const rows = [{ ...exportRow, time: "2026-10-05T00:00:00", month: "202610", cost: 1 }];
    const { ranges, warnings } = await read(await start({ rows, created: "2026-10-15" }));
    expect(ranges).toEqual([{ start: "2026-10-05", end: "2026-10-06" }]);
    expect(warnings[0]).toBe(
      "source `gcp-billing`: the export began on 2026-10-05 and does not hold what was before; days from 2026-08-11 on are not known",
    );
  });
});

describe("attribution", () => {
  test("labels of the row go before those of its project; only the keys asked for are kept", async () => {
    const { charges } = await rowsOf(
      [{ cost: 1, labels: { team: "row", secret: "x" }, projectLabels: { team: "project", customer: "acme" } }],
      { tagKeys: ["customer", "feature", "team"] },
    );
    expect(charges).toMatchObject([{ tags: '{"customer":"acme","team":"row"}', project: "support-bot", account: "01A2B3-C4D5E6-F70819" }]);
  });

  test.each([
    ["Gemini 2.5 Pro Text Input - Predictions", "gemini-2.5-pro"],
    ["Gemini 2.5 Flash Lite Text Output - Predictions", "gemini-2.5-flash-lite"],
    ["Gemini 2.5 Flash GA Thinking Text Output - Predictions", "gemini-2.5-flash"],
    ["Generate content input token count gemini 2.5 flash short input text", "gemini-2.5-flash"],
    ["Claude Opus 4.5 - Output Tokens", "claude-opus-4.5"],
    ["Claude 3.5 Sonnet v2 Cached Input Tokens - Batch", "claude-3.5-sonnet-v2"],
    ["Llama 3.3 70B Input Tokens", "llama-3.3-70b"],
    ["Mistral Large Input Tokens", "mistral-large"],
    ["Imagen 4 Fast Image Generation", "imagen-4-fast"],
    ["gpt-oss-120b Input Tokens", "gpt-oss-120b"],
    ["Gemini API Grounding with Google Search", "Gemini API Grounding with Google Search"],
    ["Vertex AI: Online Prediction N1 Core in EU", "Vertex AI: Online Prediction N1 Core in EU"],
    ["Veo 3 Video Generation 10% Surcharge", "veo-3"],
  ])("the model of %s is %s", (sku, model) => {
    expect(modelOf(sku)).toBe(model);
  });

  test("SKUs are told apart where they may name a model, and nowhere else", async () => {
    const { charges } = await rowsOf([
      { cost: 1 },
      { cost: 1, service: "Claude Opus 4.5", sku: "Claude Opus 4.5 Input Tokens" },
      { cost: 1, service: "Compute Engine", sku: "N1 Predefined Core" },
      { cost: 1, service: "Compute Engine", sku: "N1 Predefined Ram" },
      { cost: 1, service: null, sku: null, project: null },
    ]);
    expect(charges.map(({ service, model, project, billed }) => [service, model, project, Number(billed) / 1e6])).toEqual([
      ["", "", "", 1],
      ["Claude Opus 4.5", "claude-opus-4.5", "support-bot", 1],
      ["Compute Engine", "", "support-bot", 2],
      ["Vertex AI", "gemini-2.5-pro", "support-bot", 1],
    ]);
  });
});

describe("an export in FOCUS columns", () => {
  const focus = { tables: ["gcp_billing_export_focus_01A2B3_C4D5E6_F70819"], partitioned: false };

  test("is read where it is the only one: credits are in its costs, corrections are rows of their own", async () => {
    const rows = [
      { ...exportRow, cost: 10, credits: [{ type: "DISCOUNT", amount: -4 }], labels: { team: "support", env: "prod" } },
      { ...exportRow, kind: "adjustment" as const, month: "202611", cost: -1 },
      { ...exportRow, kind: "tax" as const, service: null, sku: null, cost: 2 },
    ];
    const server = await start({ ...focus, rows, columns: [...focusColumns, "Tags[]"] });
    const { charges } = await read(server, {}, { tagKeys: ["team"] });
    expect(charges).toMatchObject([
      { category: "Tax", service: "", billed: 2_000_000n, billingPeriod: "2026-09-01", frequency: "One-Time" },
      { category: "Usage", model: "gemini-2.5-pro", tags: '{"team":"support"}', billed: 6_000_000n, effective: 10_000_000n },
      { category: "Adjustment", correction: true, billingPeriod: "2026-11-01", billed: -1_000_000n },
    ]);
  });

  test("has the days asked for from their first moment to before the first of the review date, and what is billed without being used", async () => {
    const at = (time: string, cost: number, credit = 0) => ({ ...exportRow, time, cost, credits: [{ type: "DISCOUNT", amount: credit }] });
    const rows = [at("2026-08-11T00:00:00", 1), at("2026-11-08T00:00:00", 0, -4), at("2026-11-09T00:00:00", 500)];
    const { charges, ranges } = await read(await start({ ...focus, rows, columns: focusColumns }));
    expect(charges.map(({ day, billed, effective }) => [day, billed, effective])).toEqual([
      ["2026-08-11", 1_000_000n, 1_000_000n],
      ["2026-11-08", -4_000_000n, 0n],
    ]);
    expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-11-09" }]);
  });

  test("whose tags are no list of keys and values is read without them, with a warning", async () => {
    expect((await read(await start({ ...focus, columns: [...focusColumns, "Tags"] }))).warnings).toEqual([]);
    const server = await start({ ...focus, columns: [...focusColumns, "Tags"] });
    const { charges, warnings } = await read(server, {}, { tagKeys: ["team"] });
    expect(new Set(charges.map(({ tags }) => tags))).toEqual(new Set([""]));
    expect(warnings).toEqual(["source `gcp-billing`: the export keeps its tags in a shape that is not read; charges have none"]);
  });
});

describe("the query", () => {
  test("runs where the table is, within its limit, without a value in its text", async () => {
    const server = await start();
    await read(server, { mostGigabytes: 3, queryProject: "acme-analytics" }, { tagKeys: ["te'am"] });
    const [query] = queriesOf(server);
    expect(query).toMatchObject({ location: "EU", maximumBytesBilled: "3221225472", useLegacySql: false, maxResults: 10_000 });
    expect(query.query).toContain("FROM `acme-billing.billing.gcp_billing_export_v1_01A2B3_C4D5E6_F70819`,");
    expect(query.query).not.toMatch(/te'am|2026/);
    expect(server.asked.map(({ path }) => path)).toContain("/bigquery/v2/projects/acme-analytics/queries");
  });

  test("says on a terminal how much it read", async () => {
    const { url } = await start();
    const said: string[] = [];
    const world = { ...worldOf("/", env), isTerminal: true, log: (text: string) => void said.push(text) };
    const config = { ...gcpBilling.schema().parse({ type: "gcp-billing", ...place, baseUrl: url }), name: "google", formerly: [] };
    await gcpBilling.read(config, { world, root: "/", asOf: "2026-11-09", tagKeys: [], lastDay: null, prices: noPrices });
    expect(said).toEqual(["source google: BigQuery read 12.0 MiB\n"]);
  });

  test("may take its time, and its rows come in pages", async () => {
    const server = await start({ waits: 2, pageRows: 7 });
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe("12.05");
    expect(queriesOf(server)).toHaveLength(1);
  });

  test("that does not end is given up", async () => {
    expect((await refusalOf(read(await start({ waits: 99 })))).message).toBe(
      "Google Cloud did not finish the query job_1 within 15 minutes",
    );
  });

  test.each([
    ["fewer rows than announced", (body: string) => body.replace(/"totalRows":"\d+"/, '"totalRows":"999"'), "announced 999 rows and sent"],
    ["a day that does not add up", (body: string) => body.replace('"v":"3.', '"v":"4.'), "in groups, but"],
    ["a row without a day", (body: string) => body.replace('"v":"2026-11-08"', '"v":null'), "whose day"],
  ])("%s is not taken", async (_, bend, words) => {
    const server = await start({ pageRows: 1000 });
    const whole = await fetch(`${server.url}/bigquery/v2/projects/acme-billing/queries`, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}` },
      body: (await read(server), server.asked.at(-1)?.body ?? ""),
    });
    const body = bend(await whole.text());
    server.failWith((_, { method }) => (method === "POST" ? { body } : null));
    expect((await refusalOf(read(server))).message).toContain(words);
  });

  test("names nothing but a table, whatever a name holds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("`", "\\", "\n", ".", "a", "é"), maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        (parts) => {
          const quoted = identifier(parts);
          expect(quoted).toMatch(/^`(?:[^`\\\n\r]|\\[`\\])*`$/);
        },
      ),
      runs(100),
    );
  });

  test.each(["a`b", "acme.billing", "acme billing", "", "x".repeat(1025), "a;b", "a\\b"])("a dataset or table %j is refused", (name) => {
    const entry = { type: "gcp-billing", ...place };
    expect(sourceSchema().safeParse({ ...entry, dataset: name }).success).toBe(false);
    expect(sourceSchema().safeParse({ ...entry, table: name }).success).toBe(false);
    expect(sourceSchema().safeParse({ ...entry, project: name }).success).toBe(false);
  });
});
