import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";

/** A program printed this much at most. */
export const outputLimit = 256 * 1024 * 1024;
const errorLimit = 64 * 1024;

/** How a program is to be run. */
export interface Order {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** The file that gets what it prints. */
  readonly file: string;
}

/** How it ended. `stop` says why it was ended from here. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stop: "time" | "size" | null;
  readonly bytes: number;
  /** The end of what it wrote to standard error. */
  readonly complaint: string;
  /** Why it could not be started. */
  readonly failure: Error | null;
}

/** Runs a program to its end, or to its limits of time and output. */
export async function runProgram({ words, cwd, env, timeoutSeconds, file }: Order): Promise<Ending> {
  const [program = "", ...rest] = words;
  const child = spawn(program, rest, { cwd, env, shell: false, stdio: ["ignore", "pipe", "pipe"] });
  const output = createWriteStream(file);
  let [bytes, complaint] = [0, Buffer.alloc(0)];
  let stop: Ending["stop"] = null;
  const end = (reason: NonNullable<Ending["stop"]>) => {
    stop ??= reason;
    child.kill("SIGKILL");
    // A program that it started may still hold these open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => end("time"), timeoutSeconds * 1000);
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > outputLimit) end("size");
    else if (!output.write(chunk)) {
      child.stdout.pause();
      output.once("drain", () => child.stdout.resume());
    }
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = Buffer.concat([complaint, chunk]).subarray(-errorLimit);
  });
  const ended = await new Promise<Pick<Ending, "code" | "signal" | "failure">>((resolve) => {
    child.on("error", (failure) => resolve({ code: null, signal: null, failure }));
    child.on("close", (code, signal) => resolve({ code, signal, failure: null }));
  });
  clearTimeout(timer);
  output.end();
  await finished(output);
  return { ...ended, stop, bytes, complaint: complaint.toString() };
}
