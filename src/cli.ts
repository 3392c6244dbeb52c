#!/usr/bin/env node
import { outputOf } from "./shell/output.ts";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `error: overpace needs Node 22.18 or newer, this is ${process.versions.node}\n  do: install a newer Node; in a checkout of overpace npm start and npm run overpace bring their own\n`,
  );
  process.exit(2);
}

/** Node keeps compiled code in the user's own cache: whoever can write there decides what runs, so it is no folder that others share. */
function keepCompiledCode({ HOME = "", XDG_CACHE_HOME = "" }: NodeJS.ProcessEnv): void {
  const cache = XDG_CACHE_HOME.startsWith("/") ? XDG_CACHE_HOME : HOME.startsWith("/") ? `${HOME}/.cache` : null;
  if (cache === null) return;
  const { existsSync, mkdirSync } = process.getBuiltinModule("node:fs");
  try {
    // Made here, one by one: Node itself would make the home too, and tries without end where there can be no folder.
    for (const folder of [cache, `${cache}/overpace`]) if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    process.getBuiltinModule("node:module").enableCompileCache(`${cache}/overpace`);
  } catch {
    // Without a folder every run compiles anew.
  }
}

async function main(): Promise<void> {
  keepCompiledCode(process.env);
  const { run } = await import("./run.ts");
  const { to, written } = outputOf(process);
  const log = to("stderr");
  const code = await run(process.argv.slice(2), {
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    write: to("stdout"),
    log,
    get isTerminal() {
      // The stream itself would be opened for this.
      return process.getBuiltinModule("node:tty").isatty(2);
    },
    fetch: globalThis.fetch,
    second: 1000,
  });
  const failure = await written();
  if (failure !== null) {
    log(`error: cannot write what is to be printed (${failure})\n  do: make room where it goes, or print it elsewhere\n`);
    await written();
  }
  // Node would go on for a while, tidying memory.
  process.exit(failure === null ? code : 3);
}

void main();
