import { join, resolve } from "node:path";
import * as z from "zod/mini";
import { Problem, throwAll } from "../core/problem.ts";
import { type Allocation, allocationSchema, defaultAllocation, tagKeysOf } from "../core/settings/allocation.ts";
import { type Config, type SourceConfig, configSchema } from "../core/settings/config.ts";
import { type Plan, planSchema } from "../core/settings/plan.ts";
import type { Prices } from "../core/settings/prices-schema.ts";
import { noPrices } from "../core/settings/prices.ts";
import { parseYaml } from "../core/yaml/parse.ts";
import { validate } from "../core/yaml/validate.ts";
import type { YamlText } from "../core/yaml/whole.ts";
import { type Tree, onDisk } from "./tree.ts";

/** Everything under `config/`. */
export interface Settings {
  readonly config: Config;
  readonly plan: Plan | null;
  /** Where the plan states its currency. */
  readonly planCurrencyPlace: { readonly line: number; readonly column: number } | null;
  readonly allocation: Allocation;
  /** Prices for usage without money. */
  readonly prices: Prices;
  /** Tag keys kept in the ledger, sorted. */
  readonly tagKeys: readonly string[];
  /** The folder that holds `config/`. */
  readonly root: string;
  /** Text of the files, for the hashes that a review keeps of its inputs. */
  readonly texts: { readonly plan: string | null; readonly allocation: string | null };
}

const configFile = "overpace.yaml";

/** Where the files of `config/` are read from: the folder, as shown, and what reads them. */
interface Place {
  readonly path: string;
  readonly folder: string;
  readonly read: Tree["read"];
}

/** One file of `config/`: the typed value and its text, null when there is none. Faults are collected, not thrown. */
async function load<S extends z.ZodMiniType>(
  { read, path, folder }: Place,
  name: string,
  schemaFor: (value: unknown) => S | Promise<S>,
  problems: Problem[],
) {
  const file = join(folder, name);
  try {
    const text = await read(join(path, name), file);
    if (text === null) return { text, value: null, placeOf: null };
    const yaml = parseYaml(text, file);
    if (yaml.value === null)
      throw new Problem("is empty", {
        remedy: `see docs/config.md of overpace for what stands in ${name}`,
        place: { file, line: 1, column: 1 },
        kind: "usage",
      });
    const result = validate<z.output<S>>(
      yaml,
      (await schemaFor(yaml.value)) as unknown as z.ZodMiniType<z.output<S>>,
      file,
      `see docs/config.md of overpace for what stands in ${name}`,
    );
    if ("value" in result) return { text, value: result.value, placeOf: yaml.placeOf };
    problems.push(...result.problems);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problems.push(new Problem(error.message, { remedy: error.remedy, place: error.place, cause: error, kind: "usage" }));
  }
  return { text: null, value: null, placeOf: null };
}

type Raw = z.output<ReturnType<typeof configSchema>>;

type RawSource = {
  readonly type: string;
  readonly name?: string | undefined;
  readonly formerly?: readonly string[] | undefined;
  readonly settlingDays?: number | undefined;
  readonly until?: SourceConfig["until"];
  readonly counts?: SourceConfig["counts"];
};

/** Gives the schema of one entry of `sources`, for the types that stand there. */
type SourceSchemaFor = (types: readonly string[]) => z.ZodMiniType<RawSource>;

/** The types that entries of `sources` name, whatever else stands in the file. */
function typesIn(config: unknown): string[] {
  const { sources } = Object(config) as { sources?: unknown };
  const types = Array.isArray(sources) ? sources.map((entry: unknown) => (Object(entry) as { type?: unknown }).type) : [];
  return types.filter((type) => typeof type === "string");
}

function withNames(sources: readonly RawSource[]): SourceConfig[] {
  return sources.map((source) => ({
    ...source,
    name: source.name ?? source.type,
    formerly: source.formerly ?? [],
    settlingDays: source.settlingDays ?? 0,
  }));
}

function sameNames(sources: readonly SourceConfig[], file: string, placeOf: YamlText["placeOf"]): Problem[] {
  const names = sources.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          new Problem(`two sources are called \`${name}\``, {
            remedy: "give each source of one type its own `name`",
            place: { file, ...placeOf(["sources", index, "type"]) },
            kind: "usage",
          }),
        ],
  );
}

/** Growth that is read from a metric names one that is there. */
function unknownGrowth({ growth, metrics }: Pick<Raw, "growth" | "metrics">, file: string, placeOf: YamlText["placeOf"]): Problem[] {
  if (typeof growth !== "string" || metrics.some(({ name }) => name === growth)) return [];
  return [
    new Problem(`\`growth\`: there is no metric \`${growth}\``, {
      remedy: "name a metric that stands under `metrics`, or write growth: { percentPerWeek: 2 }",
      place: { file, ...placeOf(["growth"]) },
      kind: "usage",
    }),
  ];
}

/**
 * Reads `overpace.yaml`, `plan.yaml`, `allocation.yaml` and `prices.yaml` in `folder`; `source` gives the schema of one entry of `sources`. `tree` holds
 * the files where it is not the disk.
 * @throws Problem that carries every fault of every file, each with file, line and column.
 */
export async function readSettings(cwd: string, folder: string, source: SourceSchemaFor, tree = onDisk): Promise<Settings> {
  const path = resolve(cwd, folder);
  const place = { path, folder, read: tree.read };
  const problems: Problem[] = [];
  const config = await load(place, configFile, (value) => configSchema(source(typesIn(value))), problems);
  const sources = withNames(config.value?.sources ?? []);
  if (config.placeOf) {
    const file = join(folder, configFile);
    problems.push(...sameNames(sources, file, config.placeOf), ...unknownGrowth(config.value, file, config.placeOf));
  }
  const plan = await load(place, "plan.yaml", () => planSchema, problems);
  const allocation = await load(place, "allocation.yaml", () => allocationSchema, problems);
  const prices = await load(place, "prices.yaml", async () => (await import("../core/settings/prices-schema.ts")).pricesSchema, problems);
  if (config.value === null && problems.every(({ place }) => !place?.file.endsWith(configFile)))
    problems.push(
      new Problem("there is no configuration", {
        remedy: `write ${configFile} there (docs/config.md of overpace shows the smallest form) or name another folder with --config`,
        place: { file: join(folder, configFile) },
        kind: "usage",
      }),
    );
  throwAll(problems);
  if (config.value === null) throw new Error("a missing configuration was not reported");
  const { value } = config;
  const rules = allocation.value ?? defaultAllocation;
  return {
    config: {
      ...value,
      growth: typeof value.growth === "string" ? { metric: value.growth } : (value.growth ?? null),
      changes: value.changes ?? null,
      sources,
      unused: value.notify === undefined ? [] : ["notify"],
    },
    plan: plan.value,
    planCurrencyPlace: plan.placeOf?.(["currency"]) ?? null,
    allocation: rules,
    prices: prices.value ?? noPrices,
    tagKeys: [...new Set([...value.tags, ...tagKeysOf(rules)])].sort(),
    root: resolve(path, ".."),
    texts: { plan: plan.text, allocation: allocation.text },
  };
}
