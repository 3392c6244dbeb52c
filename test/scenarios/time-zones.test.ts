import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { goldenOf } from "./scenario.ts";

/** The program in zones where UTC midnight is another day: the same bytes as the goldens have, which are made in UTC. */

const names = ["real-focus-1.0", "week-53", "monthly-fees"];

async function playedIn(zone: string): Promise<{ hours: number; found: Record<string, Record<string, string>> }> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "in-zone.ts"), ...names], {
    env: { ...process.env, TZ: zone, LC_ALL: "de_DE.UTF-8" },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Awaited<ReturnType<typeof playedIn>>;
}

describe.each([
  ["America/Los_Angeles", 8],
  ["Pacific/Auckland", -13],
])("%s", (zone, hours) => {
  const played = playedIn(zone);
  test("is the zone of the process", async () => expect((await played).hours).toBe(hours));
  test.each(names)("%s", async (name) => {
    const { "said.txt": _, ...expected } = goldenOf(name).files;
    expect((await played).found[name]).toEqual(expected);
  });
});
