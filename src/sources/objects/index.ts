import { text } from "node:stream/consumers";
import picomatch from "picomatch";
import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import { inParallel } from "../../shell/parallel.ts";
import { progressOn, sizeText } from "../../shell/progress.ts";
import { type Address, parseAddress, type StoreKind } from "./address.ts";
import { download, localPath, refuseTooLarge, type Wanted } from "./download.ts";
import { type Asked, refusal } from "./refusal.ts";
import type { ObjectSettings } from "./settings.ts";
import type { ObjectStore, StoredObject } from "./store.ts";

/** What an address stands for: one object or those that a glob names, or all below a prefix. Objects go by their names. */
export interface Listed {
  readonly names: readonly string[];
  /** True for a prefix, which may be a folder of exports. */
  readonly isFolder: boolean;
}

/** The objects of one reading of one source. */
export interface Objects {
  /** @throws Problem when the store refuses, or nothing is there. */
  readonly find: (address: string) => Promise<Listed>;
  /** The text of a small object that was found. @throws Problem */
  readonly read: (name: string) => Promise<string>;
  /** Downloads what was found; gives the path of each. @throws Problem when one of them cannot be had whole. */
  readonly bring: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** Opens the stores of a source when they are first needed. */
export type OpenObjects = () => Promise<Objects>;

const mostListed = 200_000;
const mostText = 16 * 1024 * 1024;
const together = 2;

async function openStore(address: Address, settings: ObjectSettings, world: World): Promise<ObjectStore> {
  if (address.kind === "s3") return (await import("./s3.ts")).openS3(address, settings, world);
  if (address.kind === "azure") return (await import("./azure.ts")).openAzure(address, settings, world);
  return (await import("./google.ts")).openGoogle(address, settings, world);
}

/** An object that was found, and whose it is. */
interface Known extends Wanted {
  readonly kind: StoreKind;
}

/** Opens the stores that the addresses of a source name; what is downloaded goes into `folder`, which the caller removes. */
export function openObjects(settings: ObjectSettings, world: World, folder: string): Objects {
  const known = new Map<string, Known>();
  const knownAs = (name: string) => {
    const found = known.get(name);
    if (found === undefined) throw new Error(`${name} was not found before`);
    return found;
  };
  return {
    find: async (given) => {
      const { objects, isFolder } = await found(given, settings, world);
      for (const object of objects) known.set(object.name, object);
      return { names: objects.map(({ name }) => name), isFolder };
    },
    read: async (name) => {
      const one = knownAs(name);
      if (one.object.size > mostText) throw refusal(new Error(`${sizeText(one.object.size)} are too much for a manifest`), reading(one));
      return orRefused(reading(one), async () => text(await one.store.open(one.object)));
    },
    bring: (names) => bring(names.map(knownAs), world, folder),
  };
}

const reading = ({ kind, name }: Known): Asked => ({ kind, name, doing: "read" });

async function orRefused<T>(asked: Asked, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusal(error, asked);
  }
}

async function found(given: string, settings: ObjectSettings, world: World) {
  const address = parseAddress(given);
  const { kind, base } = address;
  const progress = progressOn(world);
  try {
    return await orRefused({ kind, name: given, doing: "list" }, async () => {
      const store = await openStore(address, settings, world);
      const { objects, isFolder } = await matching(store, address, (count) => progress.show(`listing ${given}: ${count} objects`));
      if (objects.length === 0) throw nothingThere(given);
      return { objects: objects.map((object): Known => ({ name: `${base}${object.key}`, store, object, kind })), isFolder };
    });
  } finally {
    progress.end();
  }
}

async function bring(wanted: readonly Known[], world: World, folder: string): Promise<ReadonlyMap<string, string>> {
  await refuseTooLarge(folder, wanted);
  const progress = progressOn(world);
  const total = wanted.reduce((sum, { object }) => sum + object.size, 0);
  const paths = new Map(wanted.map(({ name, object }, index) => [name, localPath(folder, index + 1, object.key)]));
  let [bytes, done] = [0, 0];
  const told = (more: number) => {
    bytes += more;
    progress.show(`reading objects: ${done} of ${wanted.length}, ${sizeText(Math.max(bytes, 0))} of ${sizeText(total)}`);
  };
  try {
    await inParallel(wanted, together, async (one) => {
      const target = { path: paths.get(one.name) ?? "", second: world.second, told };
      await orRefused(reading(one), () => download(one, target));
      done += 1;
    });
  } finally {
    progress.end();
  }
  return paths;
}

/** The objects that an address stands for; markers of folders are none. */
async function matching(store: ObjectStore, { pattern, base }: Address, told: (count: number) => void) {
  const isGlob = /[*?[{(]/.test(pattern);
  // A key that is there is taken as it is, so that brackets in it are no glob.
  for await (const object of pattern === "" || pattern.endsWith("/") ? [] : store.list(pattern)) {
    if (object.key === pattern) return { objects: [object], isFolder: false };
    break;
  }
  const prefix = isGlob ? pattern.slice(0, pattern.search(/[\\*?[\]{}()!+@]/)) : pattern === "" ? "" : `${pattern.replace(/\/+$/, "")}/`;
  const matches = isGlob ? picomatch(pattern) : () => true;
  const objects: StoredObject[] = [];
  let seen = 0;
  for await (const object of store.list(prefix)) {
    seen += 1;
    if (seen % 500 === 0) told(seen);
    if (seen > mostListed) throw tooMany(base + prefix);
    if (!object.key.endsWith("/") && matches(object.key)) objects.push(object);
  }
  return { objects, isFolder: !isGlob };
}

function nothingThere(address: string): Problem {
  return new Problem(`No object matches ${JSON.stringify(address)}.`, {
    remedy: "Correct path of this source in config/overpace.yaml: a key, a prefix or a glob, all of which depend on upper and lower case.",
  });
}

function tooMany(name: string): Problem {
  return new Problem(`More than ${mostListed} objects begin with ${name}.`, {
    remedy: "Narrow path of this source: name the folder of one export.",
  });
}
