/**
 * How many milliseconds of the processor a call takes: unlike time, hardly more when other programs run beside it. For what counting steps
 * (`steps.ts`) does not see, such as a regular expression that goes back and forth.
 */
export function processorMs(call: () => unknown): number {
  const start = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
