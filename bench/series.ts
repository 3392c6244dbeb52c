/**
 * Runs the product's forecast or its anomaly detection over cases given as JSON: `npm run --silent bench:series -- forecast` (or `anomaly`)
 * reads one object from standard input and writes one to standard output, the same on every run. What it reads is below, what it answers in
 * `series/`.
 */
import { readFileSync, writeSync } from "node:fs";
import * as z from "zod";
import { answerAnomalies } from "./series/anomaly-cases.ts";
import { answerForecasts } from "./series/forecast-cases.ts";

const values = z.array(z.number()).readonly();
const forecasts = z.object({
  schema: z.literal("bench-forecast-in/1"),
  cases: z.array(
    z.object({
      id: z.string(),
      values,
      monthDays: z.int().min(28).max(31),
      cut: z.int().min(0).max(31),
      provisionalDays: z.int().min(0).default(0),
    }),
  ),
});

const anomalies = z.object({
  schema: z.literal("bench-anomaly-in/1"),
  cases: z.array(z.object({ id: z.string(), start: z.iso.date(), values })),
});

const answers: Readonly<Record<string, (input: unknown) => unknown>> = {
  forecast: (input) => answerForecasts(forecasts.parse(input).cases),
  anomaly: (input) => answerAnomalies(anomalies.parse(input).cases),
};

/** Pipes take a part at a time. */
function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause && cause.code === "EAGAIN")) throw cause;
    }
  }
}

const name = process.argv[2] ?? "";
const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
if (!answer) throw new Error(`expected one of: ${Object.keys(answers).join(", ")}`);
write(`${JSON.stringify(answer(JSON.parse(readFileSync(0, "utf8"))))}\n`);
