import type * as z from "zod/mini";
import type { Day, Period } from "../core/day.ts";
import type { Delivery } from "../core/ledger/delivery.ts";
import type { Problem } from "../core/problem.ts";
import type { SourceConfig } from "../core/settings/config.ts";
import type { Prices } from "../core/settings/prices-schema.ts";
import type { World } from "../core/world.ts";

/** A part of the days that a vendor is asked for, which is read by itself. */
export interface Piece {
  readonly range: Period;
  /** Counted from 1, the oldest first. */
  readonly number: number;
  readonly of: number;
}

/** What was read of a source. */
export interface Reading {
  readonly delivery: Delivery;
  /** Why later days could not be read; null when all were. */
  readonly problem: Problem | null;
}

/** What a source is told besides its own configuration. */
export interface SourceContext {
  readonly world: World;
  /** The folder that holds `config/`: relative paths begin here. */
  readonly root: string;
  /** The review date: charges on or after it are left out. */
  readonly asOf: Day;
  /** Tag keys to keep, sorted; all others are dropped. */
  readonly tagKeys: readonly string[];
  /** Prices of the configuration, for usage without money. */
  readonly prices: Prices;
  /** The last day before the review date that the ledger holds a charge of this source for; null when it holds none. */
  readonly lastDay: Day | null;
  /** The days to ask a vendor for in this reading, where a range is read in pieces; `rangeToAsk` gives them. */
  readonly piece?: Piece;
}

/** What a vendor that is asked over the network offers: for the documentation, `doctor`, and the range of days to ask for. */
export interface VendorFacts {
  /** As messages name it. */
  readonly name: string;
  /** As the vendor's own SDK means it; no trailing slash. */
  readonly baseUrl: string;
  /** What its charges can be told apart by. */
  readonly dimensions: readonly string[];
  readonly money: "billed" | "list" | "estimated";
  /** How many of the latest days may still change, unless `settlingDays` says otherwise. */
  readonly settlingDays: number;
  /** How many of the last days that the ledger holds every run asks for again. */
  readonly restatementDays: number;
  /** The oldest day that can be asked for, in days before the review date; null without such a limit. */
  readonly oldestDays: number | null;
  /**
   * How many days are read at a time, so that a reading that fails keeps what came before; null where all are asked for at once: one answer holds
   * them, each further question costs something, or every run asks for most of them again anyway.
   */
  readonly pieceDays: number | null;
  /** What a request costs: `free`, or the price. */
  readonly requestCost: string;
  readonly credentials: {
    /** The variable that holds the key, unless `tokenEnv` names another. */
    readonly env: string;
    /** The smallest role or kind of key that is enough. */
    readonly role: string;
    /** The page where it is made. */
    readonly page: string;
  };
  /** Whether it works without a stored key, by the identity of the workflow. */
  readonly oidc: string;
}

/** Where charges come from: one file or folder, and one line in `index.ts`. */
export interface SourceType<C> {
  readonly type: string;
  /** The keys of its entry in `sources`, `type` and the common ones included; made when an entry of this type is read. */
  readonly schema: () => z.ZodMiniType<C>;
  /** Of a source that asks a vendor over the network; left out where files or programs are read. */
  readonly vendor?: VendorFacts;
  /** Reads everything the source holds before the review date. @throws Problem when it cannot be read in full. */
  readonly read: (config: C & SourceConfig, context: SourceContext) => Promise<Delivery>;
}

/** A source type ready for the registry: it takes its own keys out of the configured entry. */
export function bind<S extends z.ZodMiniType<{ readonly type: string }>>({
  schema: make,
  vendor,
  read,
}: {
  readonly schema: () => S;
  readonly vendor?: VendorFacts;
  readonly read: SourceType<z.output<S>>["read"];
}) {
  let made: S | undefined;
  const schema = () => (made ??= make());
  return {
    get schema() {
      return schema();
    },
    vendor: vendor ?? null,
    read: (config: SourceConfig, context: SourceContext): Promise<Delivery> => {
      const { type, name, formerly, settlingDays, until } = config;
      return read({ ...schema().parse(config), type, name, formerly, settlingDays, until }, context);
    },
  };
}
