import { describe, expect, test } from "vitest";
import { microsText } from "../../../src/core/money.ts";
import { sourceSchema } from "../../../src/sources/index.ts";
import { folderWith, readEntry, refusalOf } from "../support.ts";

const focus = [
  "BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeFrequency,ServiceProviderName,ServiceName",
  "1.25,1.25,USD,2026-11-01,2026-11-05T00:00:00Z,2026-11-06T00:00:00Z,Usage,Usage-Based,Pinecone,Serverless",
  "37.5,37.5,USD,2026-11-01,2026-11-05T00:00:00Z,2026-11-06T00:00:00Z,Usage,Usage-Based,Pinecone,Monthly minimum commitment",
  "",
].join("\n");
const download = "Date,Project,Service,Cost\n2026-11-04,search,Database,0.75\n2026-11-05,search,Minimum usage,10\n";
const columns = { day: "Date", cost: "Cost", service: "Service", project: "Project" };

const read = (text: string, entry: object = {}) =>
  readEntry(folderWith({ "pinecone.csv": text }), { type: "pinecone", path: "pinecone.csv", ...entry }, { asOf: "2026-11-09" });

describe("exports of Pinecone", () => {
  test("a FOCUS export; the minimum of the month is no usage, and counts", async () => {
    const { charges, settledThrough } = await read(focus);
    expect(charges.map(({ service, category, frequency, billed }) => [service, category, frequency, microsText(billed)])).toEqual([
      ["Monthly minimum commitment", "Purchase", "Recurring", "37.5"],
      ["Serverless", "Usage", "Usage-Based", "1.25"],
    ]);
    expect(settledThrough).toBe("2026-11-02");
  });

  test("the console's download by the names of its columns, in USD unless another currency is said", async () => {
    const { charges } = await read(download, { columns });
    expect(charges).toMatchObject([
      { day: "2026-11-04", provider: "Pinecone", service: "Database", project: "search", currency: "USD", billed: 750_000n },
      { day: "2026-11-05", provider: "Pinecone", category: "Purchase", billed: 10_000_000n },
    ]);
    expect((await read(download, { columns: { ...columns, currency: { constant: "EUR" } } })).charges[0]?.currency).toBe("EUR");
  });

  test("a download without the names of its columns is refused with what to do", async () => {
    const problem = await refusalOf(read(download));
    expect(problem.message).toContain("pinecone.csv lacks the columns");
    expect(problem.remedy).toContain("name its columns under columns");
  });

  test("a column that is not there is refused with those that are", async () => {
    const problem = await refusalOf(read(download, { columns: { ...columns, cost: "Amount" } }));
    expect(problem.message).toContain("lacks the column Amount");
    expect(problem.message).toContain("Date, Project, Service, Cost");
  });

  test("columns without the day or the cost are no configuration", () => {
    const entry = { type: "pinecone", path: "a.csv" };
    expect(sourceSchema().safeParse({ ...entry, columns: { day: "Date" } }).success).toBe(false);
    expect(sourceSchema().safeParse({ ...entry, columns: { cost: "Cost" } }).success).toBe(false);
  });
});
