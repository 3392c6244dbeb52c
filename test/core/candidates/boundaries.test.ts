import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import type { ChargePart } from "../../support/charges.ts";
import { before, kinds, now, row, tickets } from "./input.ts";

describe("growth of exactly what counts, whatever the counts", () => {
  const week = (day: string, requests: number, part: ChargePart) => row(day, 100, { requests, ...part });
  test.each<[string, number, number, number]>([
    ["prompts", 3, 25_600, 26_880],
    ["prompts", 7, 20_000, 21_000],
    ["creep", 1, 100, 110],
    ["creep", 1, 190, 209],
    ["retries", 70, 700, 770],
    ["retries", 90, 1_000, 1_100],
    ["cache", 1, 50, 45],
    ["cache", 1, 60, 55],
    ["cache", 1, 15, 10],
  ])("%s: of %d from %d to %d", (kind, of, first, last) => {
    const cached = (day: string, hit: number) => [
      row(day, 100 - hit, { requests: 10, inputTokens: 100 - hit }),
      row(day, hit / 10, { cacheReadTokens: hit }),
    ];
    const charges = {
      prompts: [week(before, of, { inputTokens: first }), week(now, of, { inputTokens: last })],
      creep: Array.from({ length: 6 }, (_, index) =>
        week(addDays(now, 7 * (index - 5)), 10, { inputTokens: 10 * first + 2 * index * (last - first) }),
      ),
      retries: [week(before, first, {}), week(now, last, {})],
      cache: [...cached(before, first), ...cached(now, last)],
    }[kind];
    expect(kinds({ charges: charges ?? [], metrics: kind === "retries" ? [tickets(of)] : [] })).toMatchObject([[kind, expect.anything()]]);
  });
});
