import { isLogin } from "../../document/fix/spelling.ts";
import type { FrontMatter } from "../../document/front-matter/schema.ts";
import { loginOf } from "./person.ts";

/** Whom the issue of an open action is to be assigned to. */
interface Assignee {
  readonly id: string;
  readonly person: string;
  /** As the surroundings name it. */
  readonly login: string;
  /** Where it stands in the front matter. */
  readonly path: readonly PropertyKey[];
}

/** Whom issues are made for: the owners of open actions, and for an escalation whoever decides it; what is no login is left out. */
export function assigneesOf({ actions }: Pick<FrontMatter, "actions">): Assignee[] {
  return (actions ?? []).flatMap((action, index) => {
    const [key, person] = action.decision === "escalate" ? (["to", action.to] as const) : (["owner", action.owner] as const);
    const login = loginOf(person);
    return action.status === "open" && isLogin(login) ? [{ id: action.id, person, login, path: ["actions", index, key] }] : [];
  });
}
