import { forecastMethod, forecastSeries } from "../../src/core/forecast/forecast.ts";

/** A case of `bench-forecast-in/1`, as `bench/series.ts` reads it. */
export interface ForecastCase {
  readonly id: string;
  readonly values: readonly number[];
  readonly monthDays: number;
  readonly cut: number;
  readonly provisionalDays: number;
}

/** Answers every case with the product's own forecast. */
export function answerForecasts(cases: readonly ForecastCase[]) {
  const results = cases.map(({ id, values, monthDays, cut, provisionalDays }) => ({
    id,
    ...forecastSeries({ values, toDate: cut, monthDays, provisionalDays }),
  }));
  return { schema: "bench-forecast-out/1", method: forecastMethod, results };
}
