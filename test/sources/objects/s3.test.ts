import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { focusCsv, refusalOf } from "../focus/support.ts";
import { accessKey, refuse, type S3Server, secretKey, startS3 } from "./s3-server.ts";
import { readObjects, total } from "./support.ts";

const csv = (cost: string, day = "2026-10-05") =>
  focusCsv([{ BilledCost: cost, EffectiveCost: cost, ChargePeriodStart: day, ChargePeriodEnd: day }]);
const manifest = (...files: string[]) => JSON.stringify({ dataFiles: files.map((file) => `s3://bills/${file}`) });
const period = "BILLING_PERIOD=2026-10";

let server: S3Server;
beforeAll(async () => {
  server = await startS3({
    "focus/": "",
    [`focus/data/${period}/20261001T010101Z-a/focus-00001.csv.gz`]: gzipSync(csv("1000")),
    [`focus/data/${period}/20261002T010101Z-b/focus-00001.csv.gz`]: gzipSync(csv("1")),
    [`focus/data/${period}/20261002T010101Z-b/focus-00002.csv.gz`]: gzipSync(csv("2", "2026-10-06")),
    [`focus/metadata/${period}/20261001T010101Z-a/focus-Manifest.json`]: manifest(
      `focus/data/${period}/20261001T010101Z-a/focus-00001.csv.gz`,
    ),
    [`focus/metadata/${period}/focus-Manifest.json`]: manifest(
      `focus/data/${period}/20261002T010101Z-b/focus-00001.csv.gz`,
      `focus/data/${period}/20261002T010101Z-b/focus-00002.csv.gz`,
    ),
    "single/one.csv": csv("3"),
    "single/one.csv.old": "x",
    "names/../../etc/[a] b+ü&.csv": csv("4"),
    "names//root.csv": csv("5", "2026-10-06"),
    "names/2026/10.csv": csv("6", "2026-10-07"),
    "bad/costs.csv": focusCsv([{}, { BilledCost: "$1" }]),
    "empty/notes.md": "#",
  });
});
beforeEach(() => {
  server.interrupt = () => false;
  server.asked.length = 0;
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKey);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretKey);
  vi.stubEnv("AWS_SESSION_TOKEN", undefined);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});
const read = (path: string | string[], more = {}) => readObjects({ path, endpoint: server.url, ...more });

describe("what an address stands for", () => {
  test("a folder of exports: what the newest manifest lists is downloaded, and nothing else", async () => {
    const reading = read("s3://bills/focus");
    expect(await total(reading)).toBe(3n);
    expect((await reading.delivery).warnings).toEqual([]);
    expect(server.asked.filter((asked) => asked.includes("/data/") && asked.startsWith("GET"))).toHaveLength(2);
    expect(reading.left()).toEqual([]);
    expect(reading.said).toEqual([]);
  });

  test.each<[string, string | string[], bigint]>([
    ["one object", "s3://bills/single/one.csv", 3n],
    ["a glob", "s3://bills/names/20*/*.csv", 6n],
    ["names that would leave a folder, or hold what is a glob elsewhere", "s3://bills/names/", 15n],
    ["several addresses, one object named twice", ["s3://bills/single/*.csv", "s3://bills/single/one.csv", "s3://bills/names/2026"], 9n],
  ])("%s", async (_name, path, expected) => {
    const reading = read(path);
    expect(await total(reading)).toBe(expected);
    expect(reading.left()).toEqual([]);
  });

  test("progress stands on a terminal, and the line is taken away again", async () => {
    const reading = read("s3://bills/focus", { isTerminal: true });
    await reading.delivery;
    expect(reading.said.join("")).toMatch(/reading objects: \d of 2, \d+ B of \d+ B/);
    expect(reading.said.join("")).toMatch(/costs: reading 2 files, \d+ B/);
    expect(reading.said.at(-1)).toBe("\r\u001B[K");
  });
});

describe("refusals name the object, never the copy, and leave nothing behind", () => {
  test.each<[string, string, RegExp, RegExp]>([
    ["a row", "s3://bills/bad/costs.csv", /^BilledCost is "\$1"/, /Export amounts without currency signs/],
    ["no object", "s3://bills/single/two.csv", /^No object matches "s3:\/\/bills\/single\/two\.csv"\.$/, /upper and lower case/],
    ["no data", "s3://bills/empty", /^s3:\/\/bills\/empty holds no \.csv/, /Correct path/],
    ["no bucket", "s3://others/x", /^s3:\/\/others\/x could not be listed: 404 NoSuchBucket/, /Correct the bucket/],
    ["another ending", "s3://bills/single/one.csv.old", /one\.csv\.old is not a file that the focus source reads/, /Narrow the pattern/],
  ])("%s", async (_name, path, message, remedy) => {
    const reading = read(path);
    const problem = await refusalOf(reading.delivery);
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(remedy);
    expect(JSON.stringify([problem.message, problem.remedy, problem.place])).not.toMatch(/object-\d|overpace-/);
    expect(reading.left()).toEqual([]);
  });

  test("the place of a row is in the object", async () => {
    expect((await refusalOf(read("s3://bills/bad/costs.csv").delivery)).place).toEqual({ file: "s3://bills/bad/costs.csv", line: 3 });
  });

  test.each<[number, string, RegExp]>([
    [403, "AccessDenied", /s3:GetObject/],
    [400, "ExpiredToken", /^The credentials have expired\. Give the run credentials: aws-actions\/configure-aws-credentials/],
    [400, "AuthorizationHeaderMalformed", /another region/],
    [403, "RequestTimeTooSkewed", /clock/],
  ])("%d %s", async (status, code, remedy) => {
    server.interrupt = (_asked, response) => refuse(response, status, code);
    const problem = await refusalOf(read("s3://bills/single/one.csv").delivery);
    expect(problem.message).toMatch(new RegExp(`could not be listed: ${status} ${code}`));
    expect(problem.remedy).toMatch(remedy);
  });

  test("a wrong secret, and none", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "another");
    const wrong = await refusalOf(read("s3://bills/single/one.csv").delivery);
    expect([wrong.message, wrong.remedy].join("\n")).toMatch(/SignatureDoesNotMatch[^]*does not know these credentials/);
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
    expect((await refusalOf(read("s3://bills/single/one.csv").delivery)).remedy).toMatch(/^Give the run credentials/);
  });

  test("nobody listens", async () => {
    const problem = await refusalOf(readObjects({ path: "s3://bills/x", endpoint: "http://127.0.0.1:9" }).delivery);
    expect(problem.remedy).toMatch(/cannot be reached: check endpoint/);
  });

  test("an object that was replaced between listing and reading, or deleted", async () => {
    const before = server.objects.get("single/one.csv") ?? Buffer.alloc(0);
    for (const [change, remedy] of [
      [() => server.objects.set("single/one.csv", Buffer.from("other")), /was being written while it was read/],
      [() => server.objects.delete("single/one.csv"), /was deleted while the export was read/],
    ] as const) {
      server.interrupt = (asked) => asked.startsWith("GET") && Boolean(change()) && false;
      const reading = read("s3://bills/single/one.csv");
      expect((await refusalOf(reading.delivery)).remedy).toMatch(remedy);
      expect(reading.left()).toEqual([]);
      server.objects.set("single/one.csv", before);
    }
  });
});

describe("connections that break", () => {
  /** Sends half of the object, so many times. */
  const breaking = (times: number) => {
    let left = times;
    return (asked: string, response: Parameters<S3Server["interrupt"]>[1]) => {
      const content = server.objects.get(asked.replace("GET ", ""));
      if (content === undefined || left === 0) return false;
      left -= 1;
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, content.length / 2), () => response.destroy());
      return true;
    };
  };

  test("are tried again, from the start", async () => {
    server.interrupt = breaking(2);
    expect(await total(read("s3://bills/single/one.csv"))).toBe(3n);
  });

  test("are a refusal when they go on, and nothing of it is read", async () => {
    server.interrupt = breaking(9);
    const reading = read("s3://bills/single/one.csv");
    expect((await refusalOf(reading.delivery)).message).toMatch(/^s3:\/\/bills\/single\/one\.csv did not arrive whole in 4 tries/);
    expect(reading.left()).toEqual([]);
  });
});
