type Name = "stdout" | "stderr";

/** What a run prints; it has ended when all of that is written. */
export interface Output {
  /** Prints to one of both; a stream is opened when something is printed to it. */
  readonly to: (name: Name) => (text: string) => void;
  /** Waits until all is written; gives the code of what kept standard output from being so, such as ENOSPC, else null. */
  readonly written: () => Promise<string | null>;
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.message;
}

/** Prints to the streams of a process. Who closes a pipe, such as `head`, has read enough: that is no failure. */
export function outputOf(streams: Readonly<Record<Name, NodeJS.WritableStream>>): Output {
  const writes: Promise<void>[] = [];
  const heard = new Set<Name>();
  let failure: string | null = null;
  const to = (name: Name) => (text: string) => {
    // Each write tells of its own failure; without a listener the process would end by it as well.
    if (!heard.has(name)) streams[name].on("error", () => {});
    heard.add(name);
    const write = new Promise<void>((done) => {
      streams[name].write(text, (error) => {
        if (error && name === "stdout" && codeOf(error) !== "EPIPE") failure ??= codeOf(error);
        done();
      });
    });
    writes.push(write);
  };
  return { to, written: async () => Promise.all(writes).then(() => failure) };
}
