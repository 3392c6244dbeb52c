import { Problem } from "../../core/problem.ts";
import type { StoreKind } from "./address.ts";

/** What is known of an error, whichever client threw it. */
interface Failure {
  readonly status: number | null;
  /** What the store or the client calls it. */
  readonly code: string;
  readonly message: string;
}

/** What is asked, and of whom. */
export interface Asked {
  readonly kind: StoreKind;
  /** The object or bucket as messages name it. */
  readonly name: string;
  readonly doing: "list" | "read";
}

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && name in value ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

function failureOf(error: unknown): Failure {
  const status = [field(error, "statusCode"), field(error, "status"), field(field(error, "$metadata"), "httpStatusCode")].find(
    (value) => typeof value === "number",
  );
  const cause = field(error, "cause");
  const code = [field(error, "code"), field(cause, "code"), field(error, "name")].find(
    (value) => typeof value === "string" && value !== "",
  );
  const message = [field(error, "message"), field(cause, "message")].find((value) => typeof value === "string" && value !== "");
  return { status: status ?? null, code: String(code ?? ""), message: String(message ?? error) };
}

/** True for errors that may be gone on the next try: the connection broke, or the store is busy. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Problem) return false;
  const { status, code } = failureOf(error);
  return status === null || status === 200 || status === 206
    ? !/Credential|Authentication|ENOTFOUND|ECONNREFUSED/.test(code)
    : status === 429 || status >= 500;
}

const signIn: Readonly<Record<StoreKind, string>> = {
  s3: "Give the run credentials: aws-actions/configure-aws-credentials with a role (OIDC) in a workflow, aws sso login or AWS_PROFILE on a computer.",
  azure:
    "Give the run credentials: azure/login with a federated identity (OIDC) in a workflow, az login on a computer, or AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN.",
  google:
    "Give the run credentials: google-github-actions/auth with workload identity federation (OIDC) in a workflow, gcloud auth application-default login on a computer.",
};
const permission: Readonly<Record<StoreKind, string>> = {
  s3: "Allow the role s3:ListBucket on the bucket and s3:GetObject on its objects (and kms:Decrypt where they are encrypted with a key of yours).",
  azure: "Give the identity the role Storage Blob Data Reader on the container, and let the account's firewall admit it.",
  google: "Give the identity the role Storage Object Viewer (roles/storage.objectViewer) on the bucket.",
};

/** What to do about an error; null where only its own words help. */
function remedyOf({ status, code, message }: Failure, { kind, doing }: Asked): string | null {
  const text = `${code} ${message}`;
  if (status === 412) return "An export was being written while it was read: run again once it is complete.";
  if (/Expired|TokenRefreshRequired|expired/.test(text)) return `The credentials have expired. ${signIn[kind]}`;
  if (/RequestTimeTooSkewed/.test(code)) return "Set the clock of this machine right: signatures are good for minutes only.";
  if (/PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint/.test(code))
    return "The bucket is in another region: say region: <the bucket's> for this source, or set AWS_REGION.";
  if (/InvalidAccessKeyId|SignatureDoesNotMatch|AuthenticationFailed|InvalidToken|InvalidClientTokenId|failed to authenticate/.test(text))
    return `The store does not know these credentials. ${signIn[kind]}`;
  if (/Credential|Authentication|default credentials|ENOENT.*credential/i.test(text) || status === 401) return signIn[kind];
  if (status === 403) return permission[kind];
  if (/NoSuchBucket|ContainerNotFound/.test(code) || (status === 404 && doing === "list"))
    return "Correct the bucket in path of this source, or the account it is looked for in.";
  if (status === 404)
    return "It was deleted while the export was read, or may not be seen: run again, or copy exports whose objects expire sooner.";
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|UND_ERR/.test(text))
    return "The store cannot be reached: check endpoint of this source, the name of the account, and the network.";
  return null;
}

/** A text of a client without what signs a request. */
const withoutSecrets = (text: string) => text.replace(/([?&](?:sig|x-amz-[a-z-]+|access_token)=)[^&\s"']+/gi, "$1***").split("\n")[0] ?? "";

/** The refusal that an error of a store becomes: what was asked, what the store said, what to do. */
export function refusal(error: unknown, asked: Asked): Problem {
  if (error instanceof Problem) return error;
  const failure = failureOf(error);
  const said = [failure.status, failure.code].filter((part) => part !== null && part !== "" && part !== "Error").join(" ");
  const words = withoutSecrets(failure.message);
  const verb = asked.doing === "list" ? "listed" : "read";
  return new Problem(`${asked.name} could not be ${verb}: ${said}${said === "" || words === "" ? "" : ", "}${words.slice(0, 200)}`, {
    remedy: remedyOf(failure, asked) ?? "Check path and credentials of this source, and try again later.",
    place: { file: asked.name },
    cause: error,
  });
}
