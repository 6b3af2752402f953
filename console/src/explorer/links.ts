// Where the values of an answer lead: the next page, and what identifiers stand for.
import { type OperationRule, ruleOf } from "./operations";
import { pasted, pathOf } from "./request";

/** Members that hold the identifier of something with a path of its own. */
const PATHS: Record<string, string> = {
  userId: "/users/",
  requestId: "/auditLogs/signIns/",
  resourceServicePrincipalId: "/servicePrincipals/",
  servicePrincipalId: "/servicePrincipals/",
  policyId: "/identity/conditionalAccess/policies/",
  deviceObjectId: "/devices/",
};
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The address a value leads to, below the version; `null` if it is only a value. `asked` is the address the answer is
 * from, `depth` how many objects and lists are around the member.
 */
export function leadsTo(
  rules: OperationRule[],
  origin: string,
  asked: string,
  member: string,
  value: string,
  depth: number,
): string | null {
  if (member === "@odata.nextLink") return value.startsWith(`${origin}/`) ? pasted(value, origin) : null;
  const known = PATHS[member];
  if (known && GUID.test(value)) return existing(rules, known + value);
  // Items of a collection, and what was made in it: their own addresses are below its.
  if (member === "id" && (depth === 3 || depth === 1) && value !== "") {
    return existing(rules, `${pathOf(asked).replace(/\/$/, "")}/${encodeURIComponent(value)}`);
  }
  return null;
}

function existing(rules: OperationRule[], path: string): string | null {
  return ruleOf(rules, "GET", path) ? path : null;
}

export interface Token {
  text: string;
  kind: "name" | "text" | "other";
  /** Where it leads, if anywhere. */
  to?: string;
}

/** JSON in pieces to show, line by line. */
export function tokens(json: string, lead: (member: string, value: string, depth: number) => string | null): Token[] {
  const found: Token[] = [];
  const pattern = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]|[^"{}[\]]+/g;
  let depth = 0;
  let member = "";
  for (let match = pattern.exec(json); match; match = pattern.exec(json)) {
    const [all, quoted, colon] = match;
    if (quoted && colon) {
      member = JSON.parse(quoted) as string;
      found.push({ text: quoted, kind: "name" }, { text: colon, kind: "other" });
    } else if (quoted) {
      const to = lead(member, JSON.parse(quoted) as string, depth);
      found.push(to === null ? { text: quoted, kind: "text" } : { text: quoted, kind: "text", to });
    } else {
      if (all === "{" || all === "[") depth += 1;
      if (all === "}" || all === "]") depth -= 1;
      found.push({ text: all, kind: "other" });
    }
  }
  return found;
}
