import { spawn } from "node:child_process";

const quiet = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
  // What a test writes need not outlive a power cut: waiting for the disk is most of the time of small commits.
  GIT_CONFIG_COUNT: "2",
  GIT_CONFIG_KEY_0: "core.fsync",
  GIT_CONFIG_VALUE_0: "none",
  GIT_CONFIG_KEY_1: "gc.auto",
  GIT_CONFIG_VALUE_1: "0",
};

/** The environment of every git process of the server: no configuration of the machine or of its user. */
export const gitEnv = (): NodeJS.ProcessEnv => ({ PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", ...quiet });

export interface Ended {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

/** Runs git in a bare repository and hands back how it ended. */
export function gitEnded(dir: string, args: readonly string[], input: string | Buffer = ""): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["--git-dir", dir, ...args], { env: gitEnv() });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, out: Buffer.concat(out), err: Buffer.concat(err).toString("utf8") }));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** The bytes git prints; a failure is an error of the server, not of a client. */
export async function gitBytes(dir: string, args: readonly string[], input: string | Buffer = ""): Promise<Buffer> {
  const ended = await gitEnded(dir, args, input);
  if (ended.code !== 0) throw new Error(`git ${args.join(" ")}: ${ended.err}`);
  return ended.out;
}

/** The text git prints, without the newline at its end. */
export async function gitText(dir: string, args: readonly string[], input: string | Buffer = ""): Promise<string> {
  return (await gitBytes(dir, args, input)).toString("utf8").replace(/\n$/, "");
}
