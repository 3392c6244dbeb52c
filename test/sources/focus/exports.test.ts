import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { awsTypes, parquetOf } from "./parquet.ts";
import { focusCsv, readFiles, refusalOf } from "./support.ts";

const month = (period: string, cost: string, rows = 2) =>
  focusCsv(
    Array.from({ length: rows }, (_, index) => ({
      BilledCost: cost,
      EffectiveCost: cost,
      BillingPeriodStart: `${period}-01`,
      ChargePeriodStart: `${period}-0${index + 1}`,
      ChargePeriodEnd: `${period}-0${index + 2}`,
    })),
  );
const read = (files: Readonly<Record<string, string | Uint8Array>>, path: string | string[] = "exports") => readFiles(files, { path });
const total = async (...words: Parameters<typeof read>) => {
  const { charges, warnings } = await read(...words);
  return { total: charges.reduce((sum, charge) => sum + charge.effective, 0n) / 1_000_000n, warnings };
};

describe("AWS Data Exports", () => {
  const bucket = "s3://bucket/prefix/focus";
  const manifest = (...files: string[]) => JSON.stringify({ executionId: "e", dataFiles: files.map((file) => `${bucket}/data/${file}`) });

  test("an export that overwrites: what the manifest of each billing period lists, and nothing else", async () => {
    const files = {
      "exports/focus/data/BILLING_PERIOD=2026-10/focus-00001.csv.gz": gzipSync(month("2026-10", "1")),
      "exports/focus/data/BILLING_PERIOD=2026-10/focus-00002.csv.gz": gzipSync(month("2026-10", "1")),
      "exports/focus/data/BILLING_PERIOD=2026-10/focus-00003.csv.gz": gzipSync(month("2026-10", "100")),
      "exports/focus/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json": manifest(
        "BILLING_PERIOD=2026-10/focus-00001.csv.gz",
        "BILLING_PERIOD=2026-10/focus-00002.csv.gz",
      ),
      "exports/focus/data/BILLING_PERIOD=2026-11/focus-00001.snappy.parquet": await parquetOf(awsTypes, month("2026-11", "7")),
      "exports/focus/metadata/BILLING_PERIOD=2026-11/focus-Manifest.json": manifest("BILLING_PERIOD=2026-11/focus-00001.snappy.parquet"),
    };
    // Two chunks with the same bytes are two chunks: the manifest says so. The third is a leftover.
    expect(await total(files)).toEqual({
      total: 18n,
      warnings: [
        "No manifest lists exports/focus/data/BILLING_PERIOD=2026-10/focus-00003.csv.gz: not counted. A manifest is written when its export is complete.",
      ],
    });
  });

  test("parts of one export vouch for each other, also beside a file that none of them knows", async () => {
    const files = {
      "exports/focus/data/BILLING_PERIOD=2026-10/focus-00001.csv": month("2026-10", "1"),
      "exports/focus/data/BILLING_PERIOD=2026-10/focus-00002.csv": month("2026-10", "1"),
      "exports/focus/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json": manifest(
        "BILLING_PERIOD=2026-10/focus-00001.csv",
        "BILLING_PERIOD=2026-10/focus-00002.csv",
      ),
      "more.csv": month("2026-09", "5"),
    };
    expect(await total(files, ["exports", "more.csv"])).toEqual({ total: 14n, warnings: [] });
    const problem = await refusalOf(read({ ...files, "more.csv": `${month("2026-10", "1")}\n` }, ["exports", "more.csv"]));
    expect(problem.message).toContain("hold the same 2 rows");
  });

  test("an export that keeps versions: the newest of each billing period", async () => {
    const [older, newer] = ["20261010T010101Z-aaa", "20261020T010101Z-bbb"];
    const version = (period: string, name: string, cost: string) => ({
      [`exports/focus/data/BILLING_PERIOD=${period}/${name}/focus-00001.csv.gz`]: gzipSync(month(period, cost)),
      [`exports/focus/metadata/BILLING_PERIOD=${period}/${name}/focus-Manifest.json`]: manifest(
        `BILLING_PERIOD=${period}/${name}/focus-00001.csv.gz`,
      ),
    });
    const files = { ...version("2026-09", older, "1"), ...version("2026-10", newer, "10"), ...version("2026-10", older, "1000") };
    expect(await total(files)).toEqual({ total: 22n, warnings: [] });
  });

  test.each(["focus-Manifest.json", "Manifest.json"])(
    "the manifest beside the versions, %s, is that of the newest refresh",
    async (name) => {
      const version = "20261020T010101Z-bbb";
      const own = `BILLING_PERIOD=2026-10/focus-00001.csv`;
      const files = {
        // The export was changed to overwrite: the folders of versions are what was before.
        [`exports/focus/data/BILLING_PERIOD=2026-10/${version}/focus-00001.csv`]: month("2026-10", "1000"),
        [`exports/focus/metadata/BILLING_PERIOD=2026-10/${version}/focus-Manifest.json`]: manifest(
          `BILLING_PERIOD=2026-10/${version}/focus-00001.csv`,
        ),
        [`exports/focus/data/${own}`]: month("2026-10", "3"),
        [`exports/focus/metadata/BILLING_PERIOD=2026-10/${name}`]: manifest(own),
      };
      expect(await total(files)).toEqual({ total: 6n, warnings: [] });
    },
  );

  test("a file that the manifest lists and that is not there", async () => {
    const problem = await refusalOf(
      read({
        "exports/data/BILLING_PERIOD=2026-10/focus-00001.csv": month("2026-10", "1"),
        "exports/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json": manifest(
          "BILLING_PERIOD=2026-10/focus-00001.csv",
          "BILLING_PERIOD=2026-10/focus-00002.csv",
        ),
      }),
    );
    expect(problem.message).toBe(
      'exports/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json lists "s3://bucket/prefix/focus/data/BILLING_PERIOD=2026-10/focus-00002.csv", which is not there.',
    );
    expect(problem.remedy).toMatch(/^Copy the whole export with its folders/);
  });

  test("a file that the manifest lists and that may be one of two", async () => {
    const problem = await refusalOf(
      read({
        "exports/a/BILLING_PERIOD=2026-10/focus-00001.csv": month("2026-10", "1"),
        "exports/b/BILLING_PERIOD=2026-10/focus-00001.csv": month("2026-10", "2"),
        "exports/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json": manifest("BILLING_PERIOD=2026-10/focus-00001.csv"),
      }),
    );
    expect(problem.message).toMatch(/, which may be any of exports\/a\/BILLING_PERIOD=2026-10\/focus-00001\.csv, exports\/b\//);
  });

  test("a manifest that is no JSON", async () => {
    const problem = await refusalOf(
      read({ "exports/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json": "{", "exports/a.csv": month("2026-10", "1") }),
    );
    expect(problem.message).toMatch(/focus-Manifest\.json is no JSON/);
  });

  test("names of folders that are full of signs of partitions take no time", async () => {
    const data = { "exports/focus/data/focus-00001.csv": month("2026-10", "1") };
    const deep = `exports/focus/metadata/${"a=b=c=d=e=f=g/".repeat(16)}x/y/focus-Manifest.json`;
    expect(await total({ ...data, [deep]: manifest("focus-00001.csv") })).toEqual({ total: 2n, warnings: [] });
  });
});

describe("Azure Cost Management exports", () => {
  interface RunOf {
    readonly submitted: string;
    readonly start: string;
    readonly end: string;
    readonly type?: string;
    readonly name?: string;
  }
  const run = (folder: string, content: string, { submitted, start, end, type = "FocusCost", name = "costs" }: RunOf) => ({
    [`exports/${folder}/part_0_0001.csv`]: content,
    [`exports/${folder}/manifest.json`]: JSON.stringify({
      exportConfig: { exportName: name, resourceId: `/x/${name}`, dataVersion: "1.0", type, timeFrame: "MonthToDate" },
      runInfo: { submittedTime: submitted, runId: folder, startDate: `${start}T00:00:00`, endDate: `${end}T00:00:00Z` },
      blobs: [{ blobName: `root/${folder}/part_0_0001.csv`, byteCount: 1 }],
    }),
  });

  test("without overwriting: the newest run of each month", async () => {
    const files = {
      ...run("costs/20261001-20261031/a1", month("2026-10", "1000"), {
        submitted: "2026-10-10T06:00:00Z",
        start: "2026-10-01",
        end: "2026-10-10",
      }),
      ...run("costs/20261001-20261031/b2", month("2026-10", "10"), {
        submitted: "2026-10-20T06:00:00Z",
        start: "2026-10-01",
        end: "2026-10-20",
      }),
      ...run("costs/20260901-20260930/c3", month("2026-09", "1"), {
        submitted: "2026-09-30T06:00:00Z",
        start: "2026-09-01",
        end: "2026-09-30",
      }),
      ...run("other/20261001-20261031/d4", month("2026-10", "5"), {
        submitted: "2026-10-01T06:00:00Z",
        start: "2026-10-01",
        end: "2026-10-20",
        name: "other",
      }),
    };
    expect(await total(files)).toEqual({ total: 32n, warnings: [] });
  });

  test.each([
    ["05", "10", "01", "20", 2n],
    ["05", "20", "01", "20", 2n],
    ["01", "09", "10", "20", 202n],
    ["21", "31", "10", "20", 202n],
    ["01", "10", "10", "20", "refused"],
    ["10", "20", "01", "10", "refused"],
    ["01", "31", "10", "20", "refused"],
    ["05", "31", "01", "20", "refused"],
  ])("a run of the %s to the %s, and a newer one of the %s to the %s: %s", async (start, end, from, to, expected) => {
    const day = (number: string) => `2026-10-${number}`;
    // The name of the folder says nothing of the time.
    const files = {
      ...run("costs/z", month("2026-10", "100"), { submitted: "2026-11-02T06:00:00Z", start: day(start), end: day(end) }),
      ...run("costs/a", month("2026-10", "1"), { submitted: "2026-11-03T06:00:00Z", start: day(from), end: day(to) }),
    };
    if (typeof expected === "bigint") expect(await total(files)).toEqual({ total: expected, warnings: [] });
    else expect((await refusalOf(read(files))).message).toContain(`only some of these days (${day(from)} to ${day(to)})`);
  });

  test("exports of another kind are passed over, and said", async () => {
    const files = {
      ...run("costs/a1", month("2026-10", "1"), { submitted: "2026-10-10T06:00:00Z", start: "2026-10-01", end: "2026-10-10" }),
      ...run("actual/b2", "Date,Cost\n10/01/2026,1\n", {
        submitted: "2026-10-20T06:00:00Z",
        start: "2026-10-01",
        end: "2026-10-20",
        type: "ActualCost",
      }),
    };
    expect(await total(files)).toEqual({ total: 2n, warnings: ["Exports of ActualCost were passed over: only FocusCost is FOCUS."] });
  });

  test("runs that share only some of their days are refused", async () => {
    const files = {
      ...run("costs/a1", month("2026-10", "1"), { submitted: "2026-10-10T06:00:00Z", start: "2026-10-01", end: "2026-10-10" }),
      ...run("costs/b2", month("2026-10", "1"), { submitted: "2026-10-20T06:00:00Z", start: "2026-10-05", end: "2026-10-20" }),
    };
    const problem = await refusalOf(read(files));
    expect(problem.message).toBe(
      "exports/costs/a1/manifest.json holds 2026-10-01 to 2026-10-10, and the newer exports/costs/b2/manifest.json only some of these days (2026-10-05 to 2026-10-20).",
    );
    expect(problem.remedy).toMatch(/^Export whole months/);
  });
});

describe("exports without manifests", () => {
  test("OCI: every file of every upload day", async () => {
    const files = {
      "exports/FOCUS Reports/2026/10/02/0001.csv.gz": gzipSync(month("2026-10", "1", 1)),
      "exports/FOCUS Reports/2026/10/03/0001.csv.gz": gzipSync(month("2026-10", "2", 3)),
      "exports/FOCUS Reports/2026/10/03/0002.csv.gz": gzipSync(month("2026-10", "3", 1)),
    };
    expect(await total(files)).toEqual({ total: 10n, warnings: [] });
  });

  test("Google Cloud: the shards of a BigQuery export", async () => {
    const files = {
      "exports/focus-000000000000.parquet": await parquetOf(awsTypes, month("2026-10", "1")),
      "exports/focus-000000000001.parquet": await parquetOf(awsTypes, month("2026-10", "2")),
      "exports/_SUCCESS": "",
    };
    expect(await total(files)).toEqual({ total: 6n, warnings: [] });
  });

  test("what cannot be read is named, what is no data is not", async () => {
    const files = { "exports/a.csv": month("2026-10", "1"), "exports/b.csv.zip": "PK", "exports/README.md": "#", "exports/.DS_Store": "x" };
    expect(await total(files)).toEqual({ total: 2n, warnings: ["Not read, as no .csv, .csv.gz or .parquet: exports/b.csv.zip."] });
  });

  test("a manifest of something else", async () => {
    const files = { "exports/a.csv": month("2026-10", "1"), "exports/manifest.json": "{}" };
    expect((await total(files)).warnings).toEqual([
      "exports/manifest.json is no manifest of AWS Data Exports or Azure Cost Management: all files of the folder are counted.",
    ]);
  });

  test("a folder without data", async () => {
    const problem = await refusalOf(read({ "exports/README.md": "#" }));
    expect(problem.message).toBe("exports holds no .csv, .csv.gz or .parquet file.");
    expect(problem.place).toEqual({ file: "exports" });
  });
});
