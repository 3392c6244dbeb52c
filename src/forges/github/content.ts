import { Problem } from "../../core/problem.ts";
import type { Desk } from "./desk.ts";
import { isStatus } from "./refusal.ts";

/** The bytes of an answer that was not taken as text: the client would swallow a cut one, and mend what is not UTF-8. */
async function bytesOf(body: unknown, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await new Response(body as ReadableStream | null).arrayBuffer());
  } catch (cause) {
    throw new Problem(`reading ${path}: GitHub's answer broke off`, { remedy: "run again: nothing was changed", cause });
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Problem("is not UTF-8 text", { remedy: "save it as UTF-8", place: { file: path }, cause });
  }
}

/**
 * The text of a file on a branch or commit, null when there is none. Asked for in its raw form: the other one ends at 1 MB.
 * @throws Problem for a file that is not UTF-8: what was read from it could not be written back as people left it.
 */
export async function textAt({ client, at }: Desk, path: string, ref: string): Promise<string | null> {
  try {
    const { data } = await client.repos.getContent({
      ...at,
      path,
      ref,
      mediaType: { format: "raw" },
      request: { parseSuccessResponseBody: false },
    });
    return textOf(await bytesOf(data, path), path);
  } catch (error) {
    if (isStatus(error, 404)) return null;
    throw error;
  }
}
