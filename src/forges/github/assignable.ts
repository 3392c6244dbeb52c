import type { Place } from "./client.ts";
import { isStatus } from "./refusal.ts";

/** Whether issues of the repository can be assigned to somebody: GitHub answers 404 where not. */
export async function isAssignable({ client, at }: Place, login: string): Promise<boolean> {
  try {
    await client.issues.checkUserCanBeAssigned({ ...at, assignee: login });
    return true;
  } catch (error) {
    if (isStatus(error, 404)) return false;
    throw error;
  }
}
