#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `error: overpace needs Node 22.18 or newer, this is ${process.versions.node}\n  do: install a newer Node, or start it through npm (npm start, npm run overpace), which brings its own\n`,
  );
  process.exit(2);
}

async function main(): Promise<void> {
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2), {
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    write: (text) => process.stdout.write(text),
    log: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY,
    fetch: globalThis.fetch,
    second: 1000,
  });
}

void main();
