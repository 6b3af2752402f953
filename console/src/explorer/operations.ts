// What this server's operations ask for: from its own rules, as GET /riskgate/operations states them.

/** Alternatives, each a list of permissions that are all needed. */
export type Permissions = string[][];

export interface OperationRule {
  method: string;
  /** A pattern: `{id}` stands for a key. */
  path: string;
  isAnonymous: boolean;
  delegatedPermissions: Permissions;
  delegatedPermissionsOnOneself: Permissions;
  applicationPermissions: Permissions;
  directoryRoles: string[];
  isOpenToMembers: boolean;
}

/** The segments of a path, `/me` as the user it stands for, keys in parentheses apart from their set. */
export function segmentsOf(path: string): string[] {
  const plain = path.replace(/^\/?me(?=\/|$)/i, "/users/{me}");
  return plain
    .split("/")
    .filter(Boolean)
    .flatMap((segment) => {
      const keyed = /^([^(]+)\((.+)\)$/.exec(segment);
      return keyed ? [keyed[1] ?? "", `(${keyed[2]})`] : [segment.replace(/\(\)$/, "")];
    });
}

/** How a segment fits a part of a pattern; `null` if it does not. */
function fitOf(pattern: string, segment: string): "literal" | "key" | null {
  const isKey = pattern.startsWith("{");
  const isAlternate = pattern.endsWith("=}");
  if (!isKey) {
    const name = segment.replace(/^microsoft\.graph\./i, "");
    const literal = pattern.replace(/\(\)$/, "").replace(/^microsoft\.graph\./, "");
    return name.toLowerCase() === literal.toLowerCase() ? "literal" : null;
  }
  if (segment.startsWith("$")) return null;
  const named = /^\((\w+)=/.exec(segment)?.[1];
  if (isAlternate) return named?.toLowerCase() === pattern.slice(1, -2).toLowerCase() ? "key" : null;
  return named ? null : "key";
}

function patternSegments(path: string): string[] {
  return path.split("/").filter(Boolean);
}

/** The rule of a request, found as the server finds it: of several that match, the one with literals furthest in front. */
export function ruleOf(rules: OperationRule[], method: string, path: string): OperationRule | undefined {
  const segments = segmentsOf(path);
  const scored = rules.flatMap((rule) => {
    const parts = patternSegments(rule.path);
    if (rule.method !== method || parts.length !== segments.length) return [];
    const fits = parts.map((part, index) => fitOf(part, segments[index] ?? ""));
    return fits.includes(null) ? [] : [{ rule, rank: fits.map((one) => (one === "literal" ? "1" : "0")).join("") }];
  });
  return scored.sort((left, right) => right.rank.localeCompare(left.rank))[0]?.rule;
}

/** Segments that can follow a path; keys in braces. */
export function nextSegments(rules: OperationRule[], path: string): string[] {
  const segments = segmentsOf(path);
  const next = rules.flatMap((rule) => {
    const parts = patternSegments(rule.path);
    const fits = segments.every(
      (segment, index) => parts[index] !== undefined && fitOf(parts[index], segment) !== null,
    );
    const following = parts[segments.length];
    return fits && following ? [following] : [];
  });
  return [...new Set(next)];
}

/** What the token lacks of the alternative that is nearest; empty if it has what is needed. */
export function missing(rule: OperationRule, path: string, held: string[]): string[] {
  const own = /^\/?me(\/|$)/i.test(path) ? rule.delegatedPermissionsOnOneself : [];
  const alternatives = [...own, ...rule.delegatedPermissions];
  const lacking = alternatives.map((all) => all.filter((name) => !held.includes(name)));
  return lacking.sort((left, right) => left.length - right.length)[0] ?? [];
}
