import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { metricProject } from "../metrics/project.ts";
import { overpace, write } from "../support/world.ts";

const days = Array.from({ length: 28 }, (_, index) => new Date(Date.UTC(2026, 9, 26 + index)).toISOString().slice(0, 10));
const tickets = `date,value\n${days.map((day) => `${day},${day < "2026-11-16" ? 100 : 80}`).join("\n")}\n`;
const sales = `day,amount,account\n${days.flatMap((day) => [`${day},500,acme`, `${day},20,globex`]).join("\n")}\n`;
const metrics = [
  { name: "tickets", type: "csv", path: "tickets.csv" },
  { name: "sales", type: "csv", path: "sales.csv", kind: "revenue", currency: "USD", date: "day", value: "amount", customer: "account" },
];

function project(more: Record<string, unknown> = { growth: "tickets" }): string {
  const folder = metricProject(metrics, more);
  write(folder, { "tickets.csv": tickets, "sales.csv": sales });
  return folder;
}
const weekly = (folder: string, ...words: string[]) => overpace(folder, ["weekly", "--as-of", "2026-11-23", ...words]);
const textOf = (folder: string) => readFileSync(join(folder, "reviews/2026/2026-W47.md"), "utf8");
async function errorsOf(folder: string): Promise<string[]> {
  const { out } = await overpace(folder, ["check", "--json"]);
  const { findings } = JSON.parse(out) as { findings: { severity: string; rule: string; message: string }[] };
  return findings.filter(({ severity }) => severity === "error").map(({ rule, message }) => `${rule}: ${message}`);
}

describe("metrics in a review", () => {
  test("unit costs, growth and customers stand in it; check computes them again without the files of the metrics", async () => {
    const folder = project();
    expect((await weekly(folder)).code).toBe(0);
    const text = textOf(folder);
    expect(text).toContain("| tickets, each | $1.25 | $1.00 | +25.0 % | 560 (-20.0 %) |");
    expect(text).toContain("| share of sales | 19.2 % | 19.2 % |  | $3,640.00 (0.0 %) |");
    expect(text).toContain("| globex | $280.00 | $280.00 | $0.00 (0.0 %) | $140.00 | -100.0 % |");
    expect(text).toContain("**Growth:** the week moved 0.0 %, tickets -20.0 %: what one of them costs rose.");
    rmSync(join(folder, "tickets.csv"));
    rmSync(join(folder, "sales.csv"));
    expect(await errorsOf(folder)).toEqual([]);
  });

  test.each([
    [6, "| c0 | $70.00 | $70.00 | $0.00 (0.0 %) | $140.00 | 50.0 % |"],
    [8, "| 3 more customers | $231.00 | $231.00 | $0.00 (0.0 %) | $420.00 | 45.0 % |"],
  ])("of %i customers those without a row of their own bring in what they bring in, also when check computes again", async (count, row) => {
    const names = Array.from({ length: count }, (_, index) => `c${index}`);
    const folder = metricProject(metrics.slice(1), {}, Object.fromEntries(names.map((name, index) => [name, 10 + index])));
    const soldTo = days.flatMap((day) => [...names.map((name) => `${day},20,${name}`), `${day},5,elsewhere`]);
    write(folder, { "sales.csv": `day,amount,account\n${soldTo.join("\n")}\n` });
    await weekly(folder);
    expect(textOf(folder)).toContain(row);
    expect(textOf(folder)).toContain("| (other revenue) | – | – | – | $35.00 | – |");
    rmSync(join(folder, "sales.csv"));
    expect(await errorsOf(folder)).toEqual([]);
  });

  test("numbers of metrics cannot be bent: what does not follow from the stated days is an error", async () => {
    const folder = project();
    await weekly(folder);
    const path = join(folder, "reviews/2026/2026-W47.md");
    writeFileSync(path, textOf(folder).replace('"80", "80" ] }', '"80", "79" ] }'));
    expect((await errorsOf(folder)).join()).toContain("the zone `pacing` is not what its figures give");
  });

  test("run again without new data not a byte changes, with --no-fetch neither", async () => {
    const folder = project();
    await weekly(folder);
    const before = textOf(folder);
    await weekly(folder);
    expect(textOf(folder)).toBe(before);
    await weekly(folder, "--no-fetch");
    expect(textOf(folder)).toBe(before);
  });

  test("analyze --no-fetch takes them from the review that stands", async () => {
    const folder = project();
    await weekly(folder);
    const figures = async (...words: string[]) => (await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--json", ...words])).out;
    expect(await figures("--no-fetch")).toBe(await figures());
    expect(JSON.parse(await figures("--no-fetch"))).toMatchObject({ growth: { percent: -20 } });
  });

  test("a metric that fails is a warning; the review goes on with what it said before, or says that there are no data", async () => {
    const folder = project();
    rmSync(join(folder, "tickets.csv"));
    const { code, err } = await weekly(folder);
    expect([code, err]).toEqual([0, expect.stringContaining("metric `tickets` could not be read: tickets.csv: there is no such file")]);
    expect(textOf(folder)).toContain("**Metric tickets:** No data (there is no such file): 0 of 7 days of this week are known.");
    expect(textOf(folder)).toContain("tickets is known for too few days to compare it with");
    write(folder, { "tickets.csv": tickets.split("\n").slice(0, -3).join("\n") });
    await weekly(folder);
    expect(textOf(folder)).toContain("**Metric tickets:** No data since 20 November 2026: 5 of 7 days of this week are known.");
    expect(textOf(folder)).toContain("on 5 of 7 days |");
    write(folder, { "tickets.csv": tickets });
    await weekly(folder);
    rmSync(join(folder, "tickets.csv"));
    await weekly(folder);
    expect(textOf(folder)).toContain(
      "**Metric tickets could not be read this time** (there is no such file): its figures are those of the last reading.",
    );
    expect(textOf(folder)).toContain("| tickets, each | $1.25 |");
    expect(await errorsOf(folder)).toEqual([]);
  });
});

describe("faults in the configuration", () => {
  test.each([
    [{ growth: "orders" }, "`growth`: there is no metric `orders`"],
    [{ metrics: [metrics[0], { ...metrics[0] }] }, "two metrics are called so"],
    [{ metrics: [{ ...metrics[1], currency: undefined }] }, "`metrics[0].currency`: is missing: revenue needs one"],
    [{ metrics: [{ ...metrics[0], currency: "USD" }] }, "only revenue has one"],
    [{ metrics: [metrics[1], { ...metrics[1], name: "refunds" }] }, "`metrics[1].kind`: a second revenue: add both up in one metric"],
    [{ metrics: [{ ...metrics[0], type: "sql" }] }, "expected a type of metric: csv, command, http"],
    [{ metrics: [{ name: "a", type: "http", url: "https://me:pw@bi.example/x" }] }, "without a password in it"],
  ])("%j", async (more, message) => {
    const { code, err } = await weekly(project(more));
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).toMatch(/config\/overpace\.yaml:\d+:\d+/);
  });
});
