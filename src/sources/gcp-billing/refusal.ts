import type { Meaning } from "../../shell/http/peer.ts";
import type { GcpBillingConfig } from "./entry.ts";

/** The page where exports are switched on. */
export const exportPage = "https://console.cloud.google.com/billing/export";
const apiPage = "https://console.cloud.google.com/apis/library/bigquery.googleapis.com";

type Place = Pick<GcpBillingConfig, "project" | "dataset" | "queryProject" | "mostGigabytes">;

/** What BigQuery's reasons mean for this source. Source: BigQuery's page of error messages (reason, HTTP status). */
const meanings: Readonly<Record<string, (place: Place & { readonly runs: string }) => Meaning>> = {
  accessDenied: ({ project, dataset, runs }) => ({
    message: `Google Cloud does not let this account read the dataset ${project}.${dataset}, or run queries in the project ${runs}`,
    remedy: `Grant it BigQuery Data Viewer (roles/bigquery.dataViewer) on the dataset and BigQuery Job User (roles/bigquery.jobUser) on the project ${runs}.`,
  }),
  notFound: ({ project, dataset }) => ({
    message: `Google Cloud has no dataset ${project}.${dataset}, or not the table of this source`,
    remedy: `Check project, dataset and table of this source against ${exportPage}, which shows where the export goes; if it is off, switch it on there.`,
  }),
  billingNotEnabled: ({ runs }) => ({
    message: `Google Cloud has no billing account for the project ${runs}, so it runs no query there`,
    remedy: `Link one at https://console.cloud.google.com/billing/linkedaccount?project=${runs}, or name a project that has one as queryProject.`,
  }),
  accessNotConfigured: ({ runs }) => ({
    message: `Google Cloud has the BigQuery API switched off in the project ${runs}`,
    remedy: `Switch it on at ${apiPage}?project=${runs}, or name a project that has it as queryProject.`,
  }),
  bytesBilledLimitExceeded: ({ mostGigabytes }) => ({
    message: `Google Cloud would bill the query for more than the ${mostGigabytes} GiB that this source allows`,
    remedy: "Raise mostGigabytes of this source if that is worth it; the words above say how much it needs.",
  }),
  quotaExceeded: ({ runs }) => ({
    message: `Google Cloud runs no more queries for now: a quota of the project ${runs} is used up`,
    remedy: "Run again later, or raise the quota of BigQuery in the project.",
  }),
};
const likewise: Readonly<Record<string, string>> = {
  rateLimitExceeded: "quotaExceeded",
  jobRateLimitExceeded: "quotaExceeded",
  SERVICE_DISABLED: "accessNotConfigured",
};

/** What a refusal of BigQuery means, by the reason in its body. */
export function meaningFor(place: Place): (status: number, text: string) => Meaning | null {
  return (_, text) => {
    const reasons = [...text.matchAll(/"reason"\s*:\s*"(\w+)"/g)].map(([, reason = ""]) => likewise[reason] ?? reason);
    const known = reasons.find((reason) => Object.hasOwn(meanings, reason));
    return known === undefined ? null : (meanings[known]?.({ ...place, runs: place.queryProject ?? place.project }) ?? null);
  };
}
