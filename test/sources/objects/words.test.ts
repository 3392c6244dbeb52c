import { describe, expect, test } from "vitest";
import { Problem } from "../../../src/core/problem.ts";
import { parseAddress } from "../../../src/sources/objects/address.ts";
import { loadClient } from "../../../src/sources/objects/client.ts";
import { localPath } from "../../../src/sources/objects/download.ts";
import { isPassing, refusal } from "../../../src/sources/objects/refusal.ts";
import { focusCsv, refusalOf } from "../focus/support.ts";
import { readObjects, total } from "./support.ts";

describe("addresses", () => {
  test.each([
    ["s3://my.bills/a/**/*.csv", "s3", "", "my.bills", "a/**/*.csv", "s3://my.bills/"],
    ["S3://bills", "s3", "", "bills", "", "s3://bills/"],
    ["gs://bills_2/a?.csv", "google", "", "bills_2", "a?.csv", "gs://bills_2/"],
    ["az://account/costs/a b/", "azure", "account", "costs", "a b/", "az://account/costs/"],
    ["https://account.blob.core.windows.net/costs/a.csv", "azure", "account", "costs", "a.csv", "az://account/costs/"],
    ["https://account.dfs.core.windows.net/costs", "azure", "account", "costs", "", "az://account/costs/"],
  ])("%s", (text, kind, account, bucket, pattern, base) => {
    expect(parseAddress(text)).toEqual({ kind, account, bucket, pattern, base });
  });

  test.each([
    "s3://",
    "s3:///a.csv",
    "gs://../a.csv",
    "az://account",
    "http://account.blob.core.windows.net/costs/a.csv",
    "https://example.com/a.csv",
    "https://account.blob.core.windows.net/costs/a.csv?sv=2024&sig=SECRET",
    "https://user:SECRET@account.blob.core.windows.net/costs/a.csv",
    "ftp://host/a.csv",
  ])("%s is refused, and no secret in it is shown", async (text) => {
    const problem = await refusalOf((async () => parseAddress(text))());
    expect(problem.message).toMatch(/is no address of objects that overpace reads/);
    expect(problem.message).not.toContain("SECRET");
    expect(problem.remedy).toContain("s3://bucket/prefix");
  });
});

test.each(["../../etc/passwd", "/etc/cron.d/x.csv", "a\\..\\b.parquet", "x.csv\u0000.gz", "C:/x.CSV.GZ"])(
  "of the key %j no more than an ending gets into the name of its copy",
  (key) => {
    expect(localPath("/private", 3, key)).toMatch(/^\/private\/object-3(\.csv|\.csv\.gz|\.parquet)?$/);
  },
);

test("a client that is not installed: the one line to run", async () => {
  const name = "@overpace/no-such-client";
  const problem = await refusalOf(loadClient([name], () => import(name)));
  expect(problem.remedy).toMatch(/^Run: npm install @overpace\/no-such-client \(/);
  expect(problem.kind).toBe("usage");
});

describe("what clients throw becomes what to do", () => {
  const error = (fields: Readonly<Record<string, unknown>>) => Object.assign(new Error(String(fields["message"] ?? "no")), fields);
  test.each([
    ["azure", { statusCode: 403, code: "AuthorizationPermissionMismatch" }, /Storage Blob Data Reader/],
    ["azure", { statusCode: 403, code: "AuthenticationFailed" }, /does not know these credentials\. .*azure\/login/],
    ["azure", { name: "AggregateAuthenticationError", message: "ChainedTokenCredential authentication failed." }, /azure\/login/],
    ["azure", { name: "CredentialUnavailableError" }, /az login/],
    ["azure", { statusCode: 404, code: "ContainerNotFound" }, /^Correct the bucket/],
    ["azure", { name: "RestError", code: "ENOTFOUND" }, /cannot be reached/],
    ["google", { status: 403 }, /roles\/storage\.objectViewer/],
    ["google", { message: "Could not load the default credentials." }, /google-github-actions\/auth/],
    ["google", { status: 401 }, /gcloud auth application-default login/],
    ["google", { message: "fetch failed", cause: { code: "ECONNREFUSED" } }, /cannot be reached/],
    ["s3", { name: "CredentialsProviderError", message: "Could not load credentials" }, /aws sso login/],
    ["s3", { name: "PermanentRedirect", $metadata: { httpStatusCode: 301 } }, /region: <the bucket's>/],
    ["s3", { name: "Strange", $metadata: { httpStatusCode: 500 } }, /try again later/],
  ] as const)("%s %o", (kind, fields, remedy) => {
    const problem = refusal(error(fields), { kind, name: "x://bills/a.csv", doing: "list" });
    expect(problem.message).toMatch(/^x:\/\/bills\/a\.csv could not be listed: ./);
    expect(problem.remedy).toMatch(remedy);
    expect(problem.place).toEqual({ file: "x://bills/a.csv" });
  });

  test("a signature in a client's words is not shown", () => {
    const message = "GET https://a.blob.core.windows.net/c?sv=2024&sig=SECRET&x=1 failed\nsig=SECRET";
    expect(refusal(error({ message }), { kind: "azure", name: "az://a/c", doing: "read" }).message).not.toContain("SECRET");
  });

  test("a busy store and a broken connection are tried again, a refusal is not", () => {
    const passing = [{ statusCode: 503 }, { status: 429 }, { code: "ECONNRESET" }, { $metadata: { httpStatusCode: 500 } }];
    const lasting = [{ statusCode: 403 }, { status: 412 }, { name: "CredentialsProviderError" }];
    expect([...passing, ...lasting].map((fields) => isPassing(error(fields)))).toEqual([true, true, true, true, false, false, false]);
    expect(isPassing(new Problem("x", { remedy: "y" }))).toBe(false);
  });
});

describe("Google Cloud Storage by its JSON API", () => {
  const csv = focusCsv([{}]);
  const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
  const asked: URL[] = [];
  /** A bucket of two pages; `media` answers for the content of an object. */
  const bucket =
    (media: () => Response): typeof globalThis.fetch =>
    async (input) => {
      const url = new URL(String(input));
      asked.push(url);
      if (url.searchParams.get("alt") === "media") return media();
      const item = (name: string) => ({ name, size: String(csv.length), generation: "17" });
      return url.searchParams.has("pageToken")
        ? json({ items: [item("costs/b.md"), item("costs/")] })
        : json({ items: [item("costs/a+b.csv")], nextPageToken: "more" });
    };
  const read = (media: () => Response) => readObjects({ path: "gs://bills/costs", endpoint: "http://127.0.0.1", fetch: bucket(media) });

  test("pages are followed, a key is escaped, the listed generation is asked for", async () => {
    const reading = read(() => new Response(csv));
    expect(await total(reading)).toBe(1n);
    const { pathname, searchParams } = asked.at(-1) ?? new URL("x:y");
    expect([pathname, searchParams.get("ifGenerationMatch")]).toEqual(["/storage/v1/b/bills/o/costs%2Fa%2Bb.csv", "17"]);
  });

  test.each([
    ["replaced meanwhile", () => json({ error: { message: "conditionNotMet" } }, 412), /was being written while it was read/],
    [
      "unpacked on its way",
      () => new Response(csv, { headers: { "content-encoding": "gzip" } }),
      /--clear-content-encoding gs:\/\/bills\/costs\/a\+b\.csv/,
    ],
    ["expired", () => json({ error: { message: "Token has been expired or revoked" } }, 401), /^The credentials have expired/],
  ])("%s", async (_name, media, remedy) => {
    const reading = read(media);
    const problem = await refusalOf(reading.delivery);
    expect(problem.remedy).toMatch(remedy);
    expect(reading.left()).toEqual([]);
  });
});
