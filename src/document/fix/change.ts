import type { Edit } from "../lines.ts";

/** One value written another way. */
export interface Change {
  readonly line: number;
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** A change with the bytes it is made of. */
export interface Fix {
  readonly edit: Edit;
  readonly change: Change;
}
