import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { microsText } from "../../../src/core/money.ts";
import { awsCostExplorer } from "../../support/vendors/aws-cost-explorer.ts";
import { readEntry } from "../support.ts";

/**
 * The source against moto, an emulator of AWS that others wrote: `pip install 'moto[server]'`, with `moto_server` on PATH. It speaks AWS's
 * protocol, but computes no costs and checks no signature: it gives the answers that it was told, in the order of the questions.
 */
const program = "moto_server";
const isThere = (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Null when the program is there, but does not run. */
async function startMoto() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    if (await fetch(`${url}/moto-api/`).catch(() => null)) return { url, stop: () => void child.kill() };
    await wait(50);
  }
  child.kill();
  return null;
}

/** Costs by keys of groups, those of one group apart by a stroke; no key: the total. */
type Answer = readonly (readonly [keys: string, amount: string])[];
const answers: readonly Answer[] = [
  [["", "18"]],
  [
    ["Amazon Bedrock|Usage", "8"],
    ["Claude Sonnet 4.6 (Amazon Bedrock Edition)|Usage", "15"],
    ["Tax|Tax", "-5"],
  ],
  [
    ["Amazon Bedrock|USE1-NovaPro-input-tokens", "8"],
    ["Claude Sonnet 4.6 (Amazon Bedrock Edition)|USE1-MP:USE1_InputTokenCount-Units", "15"],
  ],
];

/** An answer for one day in the shape of Cost Explorer. */
function answerOf(groups: Answer) {
  const metricsOf = (Amount: string) => ({ UnblendedCost: { Amount, Unit: "USD" }, AmortizedCost: { Amount, Unit: "USD" } });
  const named = groups.filter(([key]) => key !== "");
  return {
    ResultsByTime: [
      {
        TimePeriod: { Start: "2026-11-05", End: "2026-11-06" },
        Total: named.length === 0 ? metricsOf(groups[0]?.[1] ?? "0") : {},
        Groups: named.map(([key, amount]) => ({ Keys: key.split("|"), Metrics: metricsOf(amount) })),
        Estimated: true,
      },
    ],
    DimensionValueAttributes: [],
  };
}

if (!isThere) test.skip(`moto (not run: there is no ${program} on PATH)`, () => {});
else
  test("moto answers, and its answers become charges", async ({ skip }) => {
    const moto = await startMoto();
    if (!moto) return skip(`not run: ${program} does not start`);
    try {
      const entry = { type: "aws-cost-explorer", baseUrl: moto.url, groupBy: [] };
      const read = () => readEntry("/", entry, { asOf: "2026-11-09", env: awsCostExplorer.env, lastDay: "2026-11-08" });
      const empty = await read();
      expect([empty.charges, empty.ranges, empty.warnings.length]).toEqual([[], [], 1]);
      await fetch(`${moto.url}/moto-api/reset`, { method: "POST" });
      const results = JSON.stringify({ results: answers.map(answerOf) });
      await fetch(`${moto.url}/moto-api/static/ce/cost-and-usage-results`, { method: "POST", body: results });
      const { charges } = await read();
      expect(charges.map(({ service, model, category, billed }) => [service, model, category, microsText(billed)])).toEqual([
        ["Amazon Bedrock", "Claude Sonnet 4.6", "Usage", "15"],
        ["Amazon Bedrock", "NovaPro", "Usage", "8"],
        ["Tax", "", "Tax", "-5"],
      ]);
    } finally {
      moto.stop();
    }
  });
