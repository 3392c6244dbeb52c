import type { ReadLineOptions } from "node:readline";

/**
 * Functions of Node taken without `import`: importing `node:fs` or `node:crypto` reads every export, which loads streams and Web
 * Crypto – 6 and 5 ms of a start that takes 100; `node:fs/promises` takes 2.
 */
export const {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  statSync,
} = process.getBuiltinModule("node:fs");

/** What writes files, loaded when something is written. */
export function writing() {
  return process.getBuiltinModule("node:fs").promises;
}

/** The content of a file as a stream of bytes. */
export function readStream(path: string) {
  return process.getBuiltinModule("node:fs").createReadStream(path);
}

/** The lines of a stream. */
export function linesOf(options: ReadLineOptions) {
  return process.getBuiltinModule("node:readline").createInterface(options);
}

/** What unpacks gzip. */
export function gunzip() {
  return process.getBuiltinModule("node:zlib").createGunzip();
}

/** A hash by Node's own library, which is loaded when it is first asked for. */
export function createHash(algorithm: "sha1" | "sha256") {
  return process.getBuiltinModule("node:crypto").createHash(algorithm);
}
