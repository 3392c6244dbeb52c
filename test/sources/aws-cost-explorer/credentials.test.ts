import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { problemText } from "../../../src/shell/report.ts";
import { credentialsOf, fromChain } from "../../../src/sources/aws-cost-explorer/credentials.ts";
import { awsCostExplorer, awsOrganization } from "../../support/vendors/aws-cost-explorer.ts";
import { checkSignature } from "../../support/vendors/aws/signature.ts";
import type { VendorServer } from "../../support/vendors/server.ts";
import { folderWith, refusalOf } from "../support.ts";
import { read, start, stopAll } from "./support.ts";

const key = {
  id: "ASIAZ7Q4WXN2H5KTUVLD",
  secret: "q9Lx2mVb7RtYw4Zk8Nc1Hs6Jf3Gd5Pa0UeTiWoXy",
  session: "FwoGZXIvYXdzEPr4uVt0kenOfASess1on",
};
const totalOf = async (server: VendorServer, env: Readonly<Record<string, string>>) =>
  microsText(sum((await read(server, {}, { env })).charges.map(({ billed }) => billed)));

// AWS's package reads the environment of the process: it must find there what a test puts, and nothing of this machine.
beforeEach(() => {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stopAll();
});

test("the signature of AWS's own example is right, any other is not", () => {
  const example = {
    method: "GET",
    path: "/",
    query: new URLSearchParams(),
    body: "",
    headers: {
      host: "example.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    },
  };
  const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  expect(checkSignature(example, { id: "AKIDEXAMPLE", secret })).toMatchObject({ isRight: true, service: "service" });
  expect(checkSignature({ ...example, body: "x" }, { id: "AKIDEXAMPLE", secret })).toMatchObject({ isRight: false });
});

describe("from the environment", () => {
  test("a key of a session is sent with its token", async () => {
    const server = await start({ key });
    const env = { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret, AWS_SESSION_TOKEN: key.session };
    expect(await totalOf(server, env)).toBe(awsCostExplorer.total);
    const { AWS_SESSION_TOKEN, ...without } = env;
    expect(AWS_SESSION_TOKEN).toBe(key.session);
    expect((await refusalOf(totalOf(server, without))).message).toContain("does not accept the credentials");
  });

  test("a wrong secret is refused by AWS, and stands in no message", async () => {
    const env = { AWS_ACCESS_KEY_ID: awsOrganization.key.id, AWS_SECRET_ACCESS_KEY: "Zr8Wx3nQk5Tb7Yv2Mc9Lp4Hd6Jf1Gs0AaBbCcDdEe" };
    const problem = await refusalOf(totalOf(await start(), env));
    expect(problem.message).toContain("does not accept the credentials");
    expect(problemText(problem)).not.toContain(env.AWS_SECRET_ACCESS_KEY.slice(0, 12));
  });

  test("a clock that is askew is taken from AWS's answer", async () => {
    const clock = "20261123T060708Z";
    const server = await start({ clock });
    expect(await totalOf(server, awsCostExplorer.env)).toBe(awsCostExplorer.total);
    expect(server.asked.filter(({ headers }) => headers["x-amz-date"] !== clock)).toHaveLength(1);
  });

  test("a clock that AWS does not tell is named", async () => {
    const server = await start();
    const body =
      '{"__type":"InvalidSignatureException","message":"Signature expired: 20261123T000000Z is now earlier than 20261123T060708Z"}';
    server.failWith(() => ({ status: 400, body, headers: { date: "soon" } }));
    const problem = await refusalOf(totalOf(server, awsCostExplorer.env));
    expect(problem.message).toContain("AWS Cost Explorer takes no signature of this hour (400; it said");
    expect(problem.remedy).toContain("clock");
  });
});

/** A token service that gives `key` for the token `jwt` of a workflow. */
async function startTokens() {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => void (text += part.toString()));
    request.on("end", () => {
      asked.push(new URLSearchParams(text));
      const isRight = asked.at(-1)?.get("WebIdentityToken") === "eyJhbGciOi.workflow.jwt";
      const { id, secret, session } = key;
      const credentials = `<Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${session}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>`;
      const user =
        "<AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/costs/x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser>";
      const result = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>${credentials}${user}</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
      const refused =
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>';
      response.writeHead(isRight ? 200 : 403, { "content-type": "text/xml" }).end(isRight ? result : refused);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe("from AWS's default chain", () => {
  test.each([
    ["eyJhbGciOi.workflow.jwt", null],
    ["eyJhbGciOi.other.jwt", "Not authorized to perform sts:AssumeRoleWithWebIdentity"],
  ])("the identity %s of a workflow becomes a role, or a refusal", async (token, refused) => {
    const tokens = await startTokens();
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(folderWith({ token }), "token"));
    vi.stubEnv("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/costs");
    vi.stubEnv("AWS_ENDPOINT_URL_STS", tokens.url);
    const server = await start({ key });
    if (refused === null) expect(await totalOf(server, {})).toBe(awsCostExplorer.total);
    else {
      const problem = await refusalOf(totalOf(server, {}));
      expect(problem).toMatchObject({ kind: "usage" });
      expect(problem.message).toContain(refused);
      expect(problemText(problem)).not.toContain(token);
    }
    expect(tokens.asked.map((asked) => [asked.get("Action"), asked.get("RoleArn")])).toEqual([
      ["AssumeRoleWithWebIdentity", "arn:aws:iam::111122223333:role/costs"],
    ]);
    await tokens.close();
  });

  test("a profile that is named comes before keys of the environment", async () => {
    const credentials = `[costs]\naws_access_key_id=${key.id}\naws_secret_access_key=${key.secret}\naws_session_token=${key.session}\n`;
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folderWith({ credentials }), "credentials"));
    vi.stubEnv("AWS_PROFILE", "costs");
    expect(await totalOf(await start({ key }), { ...awsCostExplorer.env, AWS_PROFILE: "costs" })).toBe(awsCostExplorer.total);
  });

  test("without any credentials it says where they may come from", async () => {
    const server = await start();
    const problem = await refusalOf(totalOf(server, {}));
    expect(problem).toMatchObject({ kind: "usage" });
    expect(problem.message).toMatch(
      /^AWS Cost Explorer has no credentials to ask with: AWS's default chain says "Could not load credentials/,
    );
    expect(problem.remedy).toContain("aws-actions/configure-aws-credentials");
    expect(server.asked).toEqual([]);
  });

  test("without AWS's package it says the one line to run", async () => {
    const missing: string = "@overpace/no-such-package";
    const problem = await refusalOf(fromChain(() => import(missing)));
    expect(problem).toMatchObject({ kind: "usage" });
    expect(problem.message).toBe(
      "AWS_ACCESS_KEY_ID is not set; to find other credentials of AWS @aws-sdk/credential-providers must be installed.",
    );
    expect(problem.remedy).toMatch(/^Run: npm install @aws-sdk\/credential-providers \(/);
  });

  test("half of a key is refused before anything is asked", async () => {
    const problem = await refusalOf(credentialsOf({ env: { AWS_SECRET_ACCESS_KEY: key.secret } }));
    expect(problem.message).toBe("AWS_ACCESS_KEY_ID is not set, but AWS_SECRET_ACCESS_KEY is");
  });
});
