/** The codes of ISO 4217, old ones included, as the runtime knows them. */
const codes = new Set(Intl.supportedValuesOf("currency"));

/** True for a currency of ISO 4217, whatever its casing; units such as credits, tokens or DBU are none. */
export function isCurrency(text: string): boolean {
  return codes.has(text.toUpperCase());
}
