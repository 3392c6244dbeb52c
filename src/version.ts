import manifest from "../package.json" with { type: "json" };

/** The running version of overpace. */
export const version: string = manifest.version;
