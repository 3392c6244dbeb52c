// Loaded with --import: on exit the process writes its CPU seconds and peak memory where the environment says.
import { writeFileSync } from "node:fs";

const file = process.env.BENCH_USAGE;
if (file) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(file, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 }));
  });
}
