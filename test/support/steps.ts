import { Session } from "node:inspector/promises";

/**
 * Counts the steps of a call: how often the blocks of all JavaScript that runs were entered, as V8 counts them for coverage. The same
 * call takes the same steps on every machine, unlike time. Code that was loaded before the first count is counted by functions only, so
 * load what is measured afterwards. What a regular expression does inside itself is one step.
 */
export async function stepCounter(): Promise<(call: () => unknown) => Promise<number>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return async (call) => {
    await session.post("Profiler.takePreciseCoverage");
    await call();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const blocks = result
      .filter(({ url }) => /\/(?:src|test|node_modules)\//.test(url))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
    return blocks.reduce((sum, { count }) => sum + count, 0);
  };
}
