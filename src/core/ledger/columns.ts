/** The columns of a ledger file, in order: FOCUS 1.4 names, own ones with `x_`. */
export const ledgerColumns = [
  "ChargePeriodStart",
  "BillingPeriodStart",
  "ServiceProviderName",
  "ServiceName",
  "ChargeCategory",
  "ChargeClass",
  "ChargeFrequency",
  "BillingCurrency",
  "BilledCost",
  "EffectiveCost",
  "x_Model",
  "x_Account",
  "x_Project",
  "x_ApiKey",
  "Tags",
  "x_Requests",
  "x_InputTokens",
  "x_CacheReadTokens",
  "x_CacheWriteTokens",
  "x_OutputTokens",
  "x_Source",
  "x_Estimated",
] as const;

export type LedgerColumn = (typeof ledgerColumns)[number];

/** A further column, written last and only by files with charges of attribution sources: what these computed. FOCUS ListCost. */
export const listColumn = "ListCost";
