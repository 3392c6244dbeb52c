/**
 * Functions of Node taken without `import`: importing `node:fs` or `node:crypto` reads every export, which loads streams and Web
 * Crypto – 6 and 5 ms of a start that takes 100.
 */
export const { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } = process.getBuiltinModule("node:fs");

/** A hash by Node's own library, which is loaded when it is first asked for: 5 ms. */
export function createHash(algorithm: "sha1" | "sha256") {
  return process.getBuiltinModule("node:crypto").createHash(algorithm);
}
