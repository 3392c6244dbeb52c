import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Run, runNode } from "../measure.ts";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a command line of the bundle to its end. */
export function bundled(...words: string[]): () => Run {
  return bundledIn(root, ...words);
}

/** The same in another folder. */
export function bundledIn(folder: string, ...words: string[]): () => Run {
  return () => runNode([resolve(root, "dist/cli.js"), ...words], folder);
}

export const bareNode = () => runNode([resolve(root, "bench/peers/hello.mjs")], root);

/** What a suite is told: how often to measure, how large its input is. */
export interface Size {
  readonly pairs: number;
  readonly rows: number;
  readonly reviews: number;
}

/** Measures one thing and gives its tables as Markdown. */
export type Suite = (size: Size) => string;
