import { Buffer } from "node:buffer";
import { Moved, type ProposedFile } from "../forge.ts";
import type { Desk } from "./desk.ts";
import { refusalOf } from "./refusal.ts";

interface Wanted {
  readonly branch: string;
  /** The head that was read: the commit is made on it or not at all. */
  readonly parent: string;
  readonly title: string;
  readonly files: readonly ProposedFile[];
}

const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

interface Answer {
  readonly createCommitOnBranch: { readonly commit: { readonly oid: string } };
}

/**
 * One commit with all files through the API, signed by GitHub (no author of ours). `expectedHeadOid` is the lock: a branch that
 * moved or was deleted since it was read is not written to. @throws Moved then. When nothing was heard of the commit the error is
 * passed on: it may have worked, which the next run sees.
 */
export async function commit({ client, at }: Desk, { branch, parent, title, files }: Wanted): Promise<string> {
  const additions = files.flatMap(({ path, text }) => (text === null ? [] : [{ path, contents: Buffer.from(text).toString("base64") }]));
  const deletions = files.flatMap(({ path, text }) => (text === null ? [{ path }] : []));
  const input = {
    branch: { repositoryNameWithOwner: `${at.owner}/${at.repo}`, branchName: branch },
    message: { headline: title },
    expectedHeadOid: parent,
    fileChanges: { additions, deletions },
  };
  try {
    const { createCommitOnBranch } = await client.graphql<Answer>(mutation, { input, request: { retries: 0 } });
    return createCommitOnBranch.commit.oid;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.status === 409 || (refusal?.status === 404 && /branch/i.test(refusal.message))) throw new Moved();
    throw error;
  }
}
