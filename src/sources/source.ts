import type * as z from "zod/mini";
import type { Delivery } from "../core/ledger/delivery.ts";
import type { SourceConfig } from "../core/settings/config.ts";
import type { Day } from "../core/day.ts";
import type { World } from "../core/world.ts";

/** What a source is told besides its own configuration. */
export interface SourceContext {
  readonly world: World;
  /** The folder that holds `config/`: relative paths begin here. */
  readonly root: string;
  /** The review date: charges on or after it are left out. */
  readonly asOf: Day;
  /** Tag keys to keep, sorted; all others are dropped. */
  readonly tagKeys: readonly string[];
}

/** Where charges come from: one file, and one line in `index.ts`. */
export interface SourceType<C> {
  readonly type: string;
  /** The keys of its entry in `sources`, `type` and the common ones included. */
  readonly schema: z.ZodMiniType<C>;
  /** Reads everything the source holds before the review date. @throws Problem when it cannot be read in full. */
  readonly read: (config: C & SourceConfig, context: SourceContext) => Promise<Delivery>;
}

/** A source type ready for the registry: it takes its own keys out of the configured entry. */
export function bind<S extends z.ZodMiniType<{ readonly type: string }>>({
  schema,
  read,
}: {
  readonly schema: S;
  readonly read: SourceType<z.output<S>>["read"];
}) {
  return {
    schema,
    read: (config: SourceConfig, context: SourceContext): Promise<Delivery> => {
      const { type, name, formerly, settlingDays } = config;
      return read({ ...schema.parse(config), type, name, formerly, settlingDays }, context);
    },
  };
}
