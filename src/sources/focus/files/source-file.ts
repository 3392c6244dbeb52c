/** A file of the source: where it is, and how messages name it. */
export interface SourceFile {
  readonly path: string;
  /** Relative to the root, with forward slashes. */
  readonly name: string;
  /** Files of one set come from an export whose manifests name them: they cannot hold the same rows. */
  readonly set?: string | undefined;
}

/** What a source reads, and what had to be decided to know it. */
export interface FoundFiles {
  readonly files: readonly SourceFile[];
  readonly warnings: readonly string[];
}

const readable = /\.(csv|csv\.gz|parquet)$/i;

/** True for names of files that the source reads. */
export function isReadable(name: string): boolean {
  return readable.test(name);
}

/** True for a file that the engine reads as Parquet. */
export function isParquet(file: SourceFile): boolean {
  return /\.parquet$/i.test(file.name);
}
