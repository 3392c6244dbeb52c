import { type Day, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { charge, focusCsv } from "../../support/focus.ts";

const period = { start: "2026-10-12", end: "2026-11-23" };
const rise: Day = "2026-11-18";
const gpt = "gpt-5.4-2026-03-05";

/** What each key sends through the gateway on a working day, in cents of the vendor's price. */
const traffic = [
  { key: "search-prod", customer: "", provider: "openai", model: "openai/gpt-5.4", cents: 12_000 },
  { key: "support-prod", customer: "Acme", provider: "openai", model: "openai/gpt-5.4", cents: 9_000 },
  { key: "support-prod", customer: "Globex", provider: "openai", model: "openai/gpt-5.4", cents: 4_500 },
  { key: "search-prod", customer: "", provider: "mistral", model: "mistral-medium-3", cents: 1_100 },
] as const;

const size = (day: Day, key: string) => (weekdayOf(day) % 6 === 0 ? 6 : 10) * (key === "search-prod" && day >= rise ? 16 : 10);
const sent = (day: Day) => traffic.map((one) => ({ ...one, day, cents: (one.cents * size(day, one.key)) / 100 }));

/** OpenAI bills what the gateway sends and a tenth more, that goes past it; Anthropic is not behind the gateway. */
const bill = eachDay(period).flatMap((day) => {
  const through = sent(day).reduce((sum, { provider, cents }) => sum + (provider === "openai" ? cents : 0), 0);
  return [
    charge(day, "OpenAI", "API", Math.round(through * 1.1), { x_Model: gpt }),
    charge(day, "Anthropic", "Claude API", 15_000, { x_Model: "claude-sonnet-5" }),
  ];
});

/** Rows of the gateway's own log; its prices are two per cent low. */
const log = eachDay(period).flatMap((day) =>
  sent(day).map(({ key, customer, provider, model, cents }, index) =>
    JSON.stringify({
      request_id: `${day}-${index}`,
      startTime: `${day}T12:00:00Z`,
      spend: Math.round(cents * 0.98) / 100,
      custom_llm_provider: provider,
      model,
      api_key: key,
      end_user: customer,
      prompt_tokens: Math.round(cents * 90),
      completion_tokens: Math.round(cents * 10),
    }),
  ),
);

/** A gateway in front of a provider that bills, and of one that does not. */
export const gateway = { "gateway-and-bill": { "costs/all.csv": focusCsv(bill), "costs/gateway.jsonl": `${log.join("\n")}\n` } };
