import * as z from "zod/mini";
import type { Day } from "../day.ts";
import { type Aliases, aliasesSchema } from "./aliases.ts";
import { type CandidateConfig, candidatesSchema, noCandidateConfig } from "./candidates.ts";
import { type ChangesConfig, changesSchema } from "./changes.ts";
import { type PlannedEvent, eventSchema } from "./events.ts";
import { type IgnoreEntry, ignoreSchema } from "./ignore.ts";
import { type MetricConfig, metricsSchema } from "./metrics.ts";
import { day, text } from "./values.ts";

const percent = (standard: number) =>
  z._default(z.number("expected a percentage such as 20").check(z.minimum(0), z.maximum(10_000)), standard);
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

const login = z
  .pipe(
    z.string("expected a login of your code host, such as octocat"),
    z.transform((value) => value.replace(/^@/, "")),
  )
  .check(
    z.refine(
      (value) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?$/.test(value),
      "expected the login of one person, such as octocat, not a team or a name",
    ),
  );
const owner = z.strictObject({ login, name: z.optional(text) });

/** The rhythm's thresholds, in percent; each boundary itself is still good, except `escalate`, which counts. */
const thresholdsSchema = z.strictObject({
  /** Week on week, up. */
  week: percent(20),
  /** Forecast over plan: investigate. */
  pace: percent(10),
  /** Forecast over plan: escalate. */
  escalate: percent(20),
  /** Forecast below plan: check data. */
  below: percent(10),
  /** A delta is listed from this share of the prior week's total on. */
  listed: percent(2),
  /** At most so many deltas are listed. */
  listedMost: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(50)), 6),
  /** An anomaly departs from what was expected by at least this percentage … */
  anomaly: percent(30),
  /** … and by this share of what all services cost on a mean day of the last four weeks. */
  anomalyShare: percent(2),
});
export type Thresholds = z.infer<typeof thresholdsSchema>;

/** The rhythm's own thresholds, where no settings are at hand. */
export const defaultThresholds: Thresholds = thresholdsSchema.parse({});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const scheduleSchema = z.strictObject({
  weekday: z._default(z.enum(weekdays), "monday"),
  timezone: z._default(
    z.string().check(z.refine(isTimeZone, "expected a time zone by its IANA name, such as UTC or Europe/Berlin")),
    "UTC",
  ),
  sprint: z.optional(z.strictObject({ start: day, weeks: z.number().check(z.int(), z.minimum(1), z.maximum(8)) })),
});

const forgeSchema = z.strictObject({
  type: z.literal("github", "expected github"),
  tokenEnv: z._default(
    z
      .string()
      .check(
        z.regex(
          /^[A-Z_][A-Z0-9_]*$/,
          "expected the name of an environment variable in capitals, such as OVERPACE_TOKEN, not the token itself",
        ),
      ),
    "GITHUB_TOKEN",
  ),
});

/** What every entry of `sources` may say, whatever its type. */
export const sourceCommon = {
  name: z.optional(
    z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u, "expected a short name of letters, digits, spaces, dots and dashes")),
  ),
  formerly: z.optional(z.readonly(z.array(z.string()))),
  settlingDays: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(60))),
  /** The day after the last one that it costs anything, where it has ended. */
  until: z.optional(day),
  /** Whether its costs are money, or only say whose costs the bills of other sources are. */
  counts: z.optional(z.enum(["money", "attribution"], "expected money or attribution")),
};

/** `config/overpace.yaml`; the shape of each source comes from the source's own file. */
export function configSchema<S extends z.ZodMiniType>(source: S) {
  return z.strictObject({
    owners: z.strictObject({ engineering: owner, product: owner }),
    sources: z.array(source).check(z.minLength(1, "is empty; name at least one source of cost")),
    costBasis: z._default(z.enum(["effective", "billed"]), "effective"),
    thresholds: z.prefault(thresholdsSchema, {}),
    schedule: z.prefault(scheduleSchema, {}),
    growth: z.optional(
      z.union(
        [z.strictObject({ percentPerWeek: z.number().check(z.minimum(-100), z.maximum(1000)) }), text],
        "expected { percentPerWeek: 2 }, or the name of a metric",
      ),
    ),
    /** Numbers of each day that costs are set against. */
    metrics: z._default(metricsSchema, []),
    /** Where candidate causes of deltas are looked for. */
    changes: z.optional(changesSchema),
    /** What possible savings are computed against. */
    candidates: z._default(candidatesSchema, noCandidateConfig),
    /** Tag keys kept in the ledger besides those that allocation rules name. */
    tags: z._default(z.array(text), []),
    /** What is planned and moves cost: findings that it explains are no alerts. */
    events: z._default(z.array(eventSchema), []),
    /** Findings that nobody is to be asked about, each with its reason and its end. */
    ignore: z._default(z.array(ignoreSchema), []),
    /** Earlier names of what was renamed at a vendor. */
    aliases: z.prefault(aliasesSchema, {}),
    forge: z.prefault(forgeSchema, { type: "github" }),
    /** Known, but of no effect in this version: whoever writes them is told so. */
    notify: z.optional(z.unknown()),
  });
}

/** The number of a weekday, 0 = Sunday. */
export function weekdayNumber(name: (typeof weekdays)[number]): number {
  return weekdays.indexOf(name);
}

/** A source as configured, after defaults: `name` is what stands in `x_Source`. */
export interface SourceConfig {
  readonly type: string;
  readonly name: string;
  readonly formerly: readonly string[];
  readonly settlingDays: number;
  /** The day after its last one, for a source that ended. */
  readonly until?: Day | undefined;
  /** Whether its costs are money; left out: what is billed is, what is estimated where no other source bills the provider. */
  readonly counts?: "money" | "attribution" | undefined;
}

export interface Config {
  readonly owners: { readonly engineering: Owner; readonly product: Owner };
  readonly sources: readonly SourceConfig[];
  readonly costBasis: "effective" | "billed";
  readonly thresholds: Thresholds;
  readonly schedule: z.infer<typeof scheduleSchema>;
  readonly growth: { readonly percentPerWeek: number } | { readonly metric: string } | null;
  readonly metrics: readonly MetricConfig[];
  readonly candidates: CandidateConfig;
  readonly changes: ChangesConfig | null;
  readonly tags: readonly string[];
  readonly events: readonly PlannedEvent[];
  readonly ignore: readonly IgnoreEntry[];
  readonly aliases: Aliases;
  readonly forge: z.infer<typeof forgeSchema>;
  /** Keys that stand in the file and have no effect in this version. */
  readonly unused: readonly string[];
}

export interface Owner {
  readonly login: string;
  readonly name?: string | undefined;
}
