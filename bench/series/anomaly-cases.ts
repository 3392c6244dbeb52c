import { type Detection, detect } from "../../src/core/anomaly/detect.ts";
import { usualRange } from "../../src/core/anomaly/expectation.ts";
import { classOf } from "../../src/core/anomaly/runs.ts";
import type { Direction } from "../../src/core/anomaly/step.ts";
import { addDays } from "../../src/core/day.ts";
import { defaultThresholds } from "../../src/core/settings/config.ts";

/** A case of `bench-anomaly-in/1`, as `bench/series.ts` reads it. */
export interface AnomalyCase {
  readonly id: string;
  readonly start: string;
  readonly values: readonly number[];
}

/** The product's own settings; a series alone has no total that an amount could be a share of. */
export const benchSensitivity = { share: defaultThresholds.anomaly / 100, amount: 0 };

export const anomalyMethod = "weekday median and mean agree, tail-floored scale, one day or three in a row, restless series need more";

/** The run of odd days that holds a day. */
function runAround({ odd }: Detection, day: number, direction: Direction) {
  const start = odd.findLastIndex((other, index) => index < day && other !== direction) + 1;
  const end = odd.findIndex((other, index) => index > day && other !== direction);
  return { start, end: end === -1 ? odd.length : end };
}

function flagsOf({ start, values }: AnomalyCase) {
  const detection = detect(values, benchSensitivity, [], start);
  return detection.flagged.flatMap((direction, day) => {
    const expectation = detection.steps[day]?.expectation;
    if (direction === null || !expectation) return [];
    const { low, high } = usualRange(expectation);
    return [
      {
        date: addDays(start, day),
        direction,
        expected: expectation.expected,
        lo: low,
        hi: high,
        class: classOf(detection, runAround(detection, day, direction)),
      },
    ];
  });
}

/** Flags every case with the product's own detection: a flag uses its day and earlier ones, its class what has come since the onset. */
export function answerAnomalies(cases: readonly AnomalyCase[]) {
  return { schema: "bench-anomaly-out/1", method: anomalyMethod, results: cases.map((one) => ({ id: one.id, flags: flagsOf(one) })) };
}
