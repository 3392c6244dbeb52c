import type { Format } from "./format.ts";

/** What `check --format` knows: a new format is a file and a line here. Each is loaded when it is asked for. */
export const formats = {
  text: async () => (await import("./text.ts")).text,
  json: async () => (await import("./json.ts")).json,
  github: async () => (await import("./github.ts")).github,
  sarif: async () => (await import("./sarif.ts")).sarif,
} as const satisfies Record<string, () => Promise<Format>>;
