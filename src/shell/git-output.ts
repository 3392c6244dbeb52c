import { spawn } from "node:child_process";
import { Problem } from "../core/problem.ts";
import { gitEnvironment, gitSettings } from "./git.ts";

/** What git prints when it is given `input`, piece by piece. @throws Problem when it fails. */
export async function* gitOutput(folder: string, words: readonly string[], input = ""): AsyncGenerator<Buffer> {
  const child = spawn("git", ["-C", folder, ...gitSettings, ...words], { env: gitEnvironment() });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += said.length < 1000 ? chunk.toString() : ""));
  // A process that ends early closes its input; its exit code tells why.
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve) => child.once("error", () => resolve(null)).once("close", resolve));
  child.stdin.end(input);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) yield chunk;
  if ((await ended) === 0) return;
  throw new Problem(`git cannot read the history of the reviews: ${said.split("\n")[0] ?? ""}`, {
    remedy: "see what `git fsck` says of the clone, or make a new one",
    place: { file: folder },
  });
}
