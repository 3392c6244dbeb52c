import { Problem } from "../../core/problem.ts";
import { isCurrency } from "../currency.ts";

/**
 * The one currency that a vendor's amounts are in, in capitals; USD when there is no amount at all.
 * @throws Problem for a second one, and for what is no currency of ISO 4217.
 */
export function oneCurrency(vendor: string, named: Iterable<string>): string {
  const found = [...new Set([...named].map((name) => name.trim().toUpperCase()))].sort();
  const stranger = found.find((name) => !isCurrency(name));
  if (stranger !== undefined)
    throw new Problem(`${vendor} answered with amounts in ${JSON.stringify(stranger.slice(0, 20))}, which is no currency of ISO 4217`, {
      remedy: "Please report this; nothing of this source was read.",
    });
  if (found.length > 1)
    throw new Problem(`${vendor} answered with amounts in ${found.join(" and ")}; expected one currency`, {
      remedy: "overpace never adds currencies: keep each in a source of its own, or leave this source out.",
    });
  return found[0] ?? "USD";
}
