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

/**
 * Further columns, written last, in this order, and each only by files that need it: what attribution sources computed (FOCUS ListCost), and the
 * vendor's ids of accounts, projects and keys that stand in the file by name.
 */
export const furtherColumns = ["ListCost", "x_AccountId", "x_ProjectId", "x_ApiKeyId"] as const;

export type FurtherColumn = (typeof furtherColumns)[number];
