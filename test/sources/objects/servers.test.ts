import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parquetOf, awsTypes } from "../focus/parquet.ts";
import { focusCsv, folderWith, refusalOf } from "../focus/support.ts";
import { isThere, type Server, serverKinds } from "./servers.ts";
import { readObjects, total } from "./support.ts";

/**
 * The same objects on servers that others wrote. `emulate` comes with the packages of the tests; the others are used when they are on PATH:
 * `go install github.com/versity/versitygw/cmd/versitygw@latest`, `go install github.com/fsouza/fake-gcs-server@latest`, `npm i -g azurite`.
 */
const day = (number: number, cost: string) =>
  focusCsv([{ BilledCost: cost, EffectiveCost: cost, ChargePeriodStart: `2026-10-0${number}`, ChargePeriodEnd: `2026-10-0${number + 1}` }]);
const run = (submitted: string, blobName: string) =>
  JSON.stringify({
    exportConfig: { exportName: "costs", resourceId: "/x", type: "FocusCost" },
    runInfo: { submittedTime: submitted, startDate: "2026-10-01T00:00:00", endDate: "2026-10-31T00:00:00" },
    blobs: [{ blobName }],
  });

async function filled(server: Server): Promise<void> {
  const files: Readonly<Record<string, string | Uint8Array>> = {
    "azure/costs/run-1/part_0_0001.csv": day(1, "1000"),
    "azure/costs/run-1/manifest.json": run("2026-10-10T00:00:00Z", "azure/costs/run-1/part_0_0001.csv"),
    "azure/costs/run-2/part_0_0001.snappy.parquet": await parquetOf(awsTypes, day(1, "7")),
    "azure/costs/run-2/manifest.json": run("2026-10-11T00:00:00Z", "azure/costs/run-2/part_0_0001.snappy.parquet"),
    "plain/BILLING_PERIOD=2026-10/ü b+c.csv.gz": gzipSync(day(2, "20")),
    "plain/BILLING_PERIOD=2026-10/d.csv": day(3, "300"),
  };
  for (const [key, content] of Object.entries(files)) await server.put(key, Buffer.from(content));
}

for (const kind of serverKinds.filter((kind) => !isThere(kind))) {
  test.skip(`${kind.name} (not run: there is no ${kind.program} on PATH)`, () => {});
}

describe.each(serverKinds.filter(isThere))("$name", (kind) => {
  afterEach(() => vi.unstubAllEnvs());

  test("folders, globs and single objects are read, what is missing is refused", async () => {
    const server = await kind.start(folderWith({}));
    try {
      for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
      await filled(server);
      const read = (key: string) => readObjects({ path: server.address(key), endpoint: server.endpoint, env: server.env });
      const folder = read("azure");
      expect(await total(folder)).toBe(7n);
      expect((await folder.delivery).warnings).toEqual([]);
      expect(folder.left()).toEqual([]);
      expect(await total(read("plain/**/*.csv*"))).toBe(320n);
      expect(await total(read("plain/BILLING_PERIOD=2026-10/ü b+c.csv.gz"))).toBe(20n);
      expect((await refusalOf(read("nothing/here.csv").delivery)).message).toMatch(/^No object matches/);
      const other = server.address("x").replace("bills", "no-such-bills");
      const refused = await refusalOf(readObjects({ path: other, endpoint: server.endpoint, env: server.env }).delivery);
      expect(refused.message).toMatch(/no-such-bills\/x could not be listed: 404/);
      expect(refused.remedy).toMatch(/^Correct the bucket/);
    } finally {
      await server.stop();
    }
  });
});
