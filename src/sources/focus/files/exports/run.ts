/** A manifest of an export: where it is, and what it says. */
export interface Manifest {
  readonly path: string;
  readonly name: string;
  readonly content: unknown;
}

/** One run of an export: the files that its manifest names. */
export interface Run {
  readonly manifest: Manifest;
  readonly set: string;
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}
