import { focusCsv } from "../../support/focus.ts";
import { usual } from "./usual.ts";

/** Weeks at the edges of months and years, and weeks with little or nothing to say. */
export const calendar = {
  "flat-week": { "costs/all.csv": focusCsv(usual({ start: "2026-10-05", end: "2026-11-23" }, { wobbles: false })) },
  "first-week-ever": { "costs/all.csv": focusCsv(usual({ start: "2026-11-16", end: "2026-11-23" })) },
  "no-plan": {
    "costs/all.csv": focusCsv(
      usual(
        { start: "2026-10-12", end: "2026-11-23" },
        { scale: (day, provider) => (day >= "2026-11-16" && provider === "OpenAI" ? 1450 : 1000) },
      ),
    ),
  },
  "planned-events": {
    "costs/all.csv": focusCsv(
      usual(
        { start: "2026-09-07", end: "2026-11-23" },
        {
          scale: (day, provider) =>
            ({
              OpenAI: day >= "2026-11-16" ? 1480 : 1000,
              Anthropic: day === "2026-11-18" ? 2600 : 1000,
              AWS: day >= "2026-11-19" && day < "2026-11-21" ? 2100 : 1000,
            })[provider] ?? 1000,
        },
      ),
    ),
  },
  "month-start": { "costs/all.csv": focusCsv(usual({ start: "2026-10-19", end: "2026-12-03" })) },
  "settling-days": {
    "costs/all.csv": focusCsv(usual({ start: "2026-10-19", end: "2026-12-03" })),
  },
  "month-end": {
    "costs/all.csv": focusCsv(usual({ start: "2026-10-12", end: "2026-12-01" }, { scale: (day) => (day >= "2026-11-20" ? 1060 : 1000) })),
  },
  "leap-february": { "costs/all.csv": focusCsv(usual({ start: "2028-01-03", end: "2028-02-28" })) },
  "week-53": {
    "costs/all.csv": focusCsv(
      usual({ start: "2026-11-16", end: "2027-01-04" }, { scale: (day) => (day >= "2026-12-24" && day <= "2027-01-02" ? 700 : 1000) }),
    ),
  },
};
