/** A stretch of Markdown that the machine owns, between `<!-- overpace:NAME ID -->` and `<!-- /overpace:NAME -->`. */
export interface ZoneText {
  readonly name: string;
  /** Tells zones of one name apart: `openai/inference`. */
  readonly id?: string;
  /** Markdown with LF, without line breaks at either end; may be empty. */
  readonly text: string;
}

/** A thing people answer: a delta, an anomaly. */
export interface Item {
  readonly zone: ZoneText;
  /** The lines people fill in, written once, when the item is new. */
  readonly prompts: string;
}

/** One part of the review. */
export interface Section {
  /** Named in the closing zone `overpace:end NAME`. */
  readonly name: string;
  /** Null where the section has nothing to say of its own. */
  readonly head: ZoneText | null;
  readonly items: readonly Item[];
  /** Text of the closing zone, may be empty; null for a section that is one zone and takes no items. */
  readonly end: string | null;
  /** What of it is fed from more than ledger and settings, such as earlier reviews, so that `check` cannot compute it again: all but the closing zone, or that. */
  readonly outside?: "body" | "end";
}
