import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { accessKey, secretKey } from "./s3-server.ts";

/** A server of somebody else's that speaks the protocol of a store. */
export interface Server {
  /** What `path` of a source says for a key of its bucket `bills`. */
  readonly address: (key: string) => string;
  readonly endpoint: string;
  /** The environment that a run needs besides. */
  readonly env: Readonly<Record<string, string>>;
  readonly put: (key: string, content: Uint8Array) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** One that may be there: `program` is looked for on PATH; null = it comes with the packages of the tests. */
export interface ServerKind {
  readonly name: string;
  readonly program: string | null;
  readonly start: (folder: string) => Promise<Server>;
}

/** True when the program can be run. */
export function isThere({ program }: ServerKind): boolean {
  return program === null || (process.env["PATH"] ?? "").split(delimiter).some((folder) => canRun(join(folder, program)));
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Runs a program until it answers on its port. */
async function started(program: string, words: readonly string[], port: number, env: Readonly<Record<string, string>> = {}) {
  const child: ChildProcess = spawn(program, words, { stdio: "ignore", env: { ...process.env, ...env } });
  const ended = new Promise<void>((resolve) => {
    child.on("error", () => resolve());
    child.on("exit", () => resolve());
  });
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer !== null) break;
    await wait(50);
  }
  return async () => {
    child.kill();
    await ended;
  };
}

const awsEnv = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_REGION: "us-east-1" };

async function s3Server(endpoint: string, stop: () => Promise<void>): Promise<Server> {
  const { CreateBucketCommand, PutObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey };
  const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: "bills" }));
  const put = (key: string, content: Uint8Array) => client.send(new PutObjectCommand({ Bucket: "bills", Key: key, Body: content }));
  return { address: (key) => `s3://bills/${key}`, endpoint, env: awsEnv, put, stop };
}

/** The account of Azure's own emulator; its key is no secret: https://learn.microsoft.com/azure/storage/common/storage-use-azurite */
const azurite = {
  account: "devstoreaccount1",
  key: "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
};

export const serverKinds: readonly ServerKind[] = [
  {
    name: "S3: emulate",
    program: null,
    start: async () => {
      const { createEmulator } = await import("emulate");
      const emulator = await createEmulator({ service: "aws", port: await freePort() });
      return s3Server(emulator.url, async () => void (await emulator.close()));
    },
  },
  {
    name: "S3: versitygw",
    program: "versitygw",
    start: async (folder) => {
      const port = await freePort();
      const words = ["--port", `127.0.0.1:${port}`, "--access", accessKey, "--secret", secretKey, "posix", "--nometa", folder];
      return s3Server(`http://127.0.0.1:${port}`, await started("versitygw", words, port));
    },
  },
  {
    name: "Azure Blob: azurite",
    program: "azurite-blob",
    start: async (folder) => {
      const port = await freePort();
      const words = ["--blobPort", String(port), "--location", folder, "--silent", "--skipApiVersionCheck", "--disableTelemetry"];
      const stop = await started("azurite-blob", words, port);
      const { ContainerClient, StorageSharedKeyCredential } = await import("@azure/storage-blob");
      const endpoint = `http://127.0.0.1:${port}/${azurite.account}`;
      const container = new ContainerClient(`${endpoint}/bills`, new StorageSharedKeyCredential(azurite.account, azurite.key));
      await container.create();
      const put = (key: string, content: Uint8Array) => container.getBlockBlobClient(key).uploadData(content);
      return { address: (key) => `az://${azurite.account}/bills/${key}`, endpoint, env: { AZURE_STORAGE_KEY: azurite.key }, put, stop };
    },
  },
  {
    name: "Google Cloud Storage: fake-gcs-server",
    program: "fake-gcs-server",
    start: async (folder) => {
      const port = await freePort();
      mkdirSync(join(folder, "bills"));
      const words = ["-scheme", "http", "-host", "127.0.0.1", "-port", String(port), "-backend", "memory", "-data", folder];
      const endpoint = `http://127.0.0.1:${port}`;
      const stop = await started("fake-gcs-server", words, port);
      await fetch(`${endpoint}/storage/v1/b`, { method: "POST", body: JSON.stringify({ name: "bills" }) });
      const put = (key: string, content: Uint8Array) =>
        fetch(`${endpoint}/upload/storage/v1/b/bills/o?uploadType=media&name=${encodeURIComponent(key)}`, {
          method: "POST",
          body: Buffer.from(content),
        });
      return { address: (key) => `gs://bills/${key}`, endpoint, env: {}, put, stop };
    },
  },
];
