import { readdirSync } from "node:fs";
import type { Delivery } from "../../../src/core/ledger/delivery.ts";
import { noPrices } from "../../../src/core/settings/prices.ts";
import type { World } from "../../../src/core/world.ts";
import { focus } from "../../../src/sources/focus/index.ts";
import { folderWith } from "../focus/support.ts";

export interface ObjectsSetting {
  readonly path: string | string[];
  readonly endpoint?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
  readonly isTerminal?: boolean;
}

/** What reading objects gave, what was left on the disk, and what was written to standard error. */
export interface ObjectsReading {
  readonly delivery: Promise<Delivery>;
  /** Files in RUNNER_TEMP and in the folder that holds `config/`, at this moment. */
  readonly left: () => string[];
  readonly said: string[];
}

/** Reads objects through the source, as a command does, in folders of its own. */
export function readObjects({ path, endpoint, env = {}, fetch = globalThis.fetch, isTerminal = false }: ObjectsSetting): ObjectsReading {
  const [root, temporary] = [folderWith({}), folderWith({})];
  const said: string[] = [];
  const world: World = {
    env: { ...env, RUNNER_TEMP: temporary },
    cwd: root,
    now: () => new Date(0),
    write: () => {},
    log: (text) => void said.push(text),
    isTerminal,
    fetch,
    second: 0,
  };
  const config = { type: "focus" as const, path, endpoint, name: "costs", formerly: [], settlingDays: 0 };
  const delivery = focus.read(config, { world, root, asOf: "2100-01-01", tagKeys: [], lastDay: null, prices: noPrices });
  delivery.catch(() => {});
  const left = () => [root, temporary].flatMap((folder) => readdirSync(folder, { recursive: true }).map(String));
  return { delivery, left, said };
}

/** What was spent, in whole units of the currency. */
export async function total(reading: ObjectsReading): Promise<bigint> {
  return (await reading.delivery).charges.reduce((sum, charge) => sum + charge.effective, 0n) / 1_000_000n;
}
