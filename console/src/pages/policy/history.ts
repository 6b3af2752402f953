// The states a policy had, put together from what it is now and what the audit log says was changed.
import type { ConditionalAccessPolicy, DirectoryAudit } from "../../api/types";

/** A state of a policy, from one change to the next. */
export interface Version {
  /** Identifier of the entry of the audit log. */
  id: string;
  at: string;
  activity: string;
  /** Who made the change. */
  by: string;
  /** What it was after the change, and before. */
  after: ConditionalAccessPolicy;
  before: ConditionalAccessPolicy;
}

/** Every state, newest first. `entries` are those of the audit log about the policy, newest first too. */
export function versionsOf(now: ConditionalAccessPolicy, entries: DirectoryAudit[]): Version[] {
  let after = now;
  return entries.map((entry) => {
    const before = undone(after, entry, now.id);
    const { user, app } = entry.initiatedBy ?? {};
    const version = {
      id: entry.id,
      at: entry.activityDateTime ?? "",
      activity: entry.activityDisplayName ?? "",
      by: user?.displayName ?? user?.userPrincipalName ?? app?.displayName ?? "",
      after,
      before,
    };
    after = before;
    return version;
  });
}

function undone(after: ConditionalAccessPolicy, entry: DirectoryAudit, id: string): ConditionalAccessPolicy {
  const about = (entry.targetResources ?? []).filter((target) => target.id === id);
  const changed = about.flatMap((target) => target.modifiedProperties ?? []);
  const old = changed.flatMap(({ displayName, oldValue }) => {
    if (!displayName) return [];
    try {
      return [[displayName, oldValue ? JSON.parse(oldValue) : null]];
    } catch {
      // What the log does not say in JSON is not known; then it stays.
      return [];
    }
  });
  return { ...after, ...Object.fromEntries(old) };
}

export interface Line {
  kind: "same" | "added" | "removed";
  text: string;
}

/** The lines of two texts, and which are in one alone (longest common subsequence). */
export function difference(before: string, after: string): Line[] {
  const [a, b] = [before.trimEnd().split("\n"), after.trimEnd().split("\n")];
  const common = lengths(a, b);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: "same", text: left });
      i += 1;
      j += 1;
    } else if (right === undefined || (left !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ kind: "removed", text: left ?? "" });
      i += 1;
    } else {
      lines.push({ kind: "added", text: right });
      j += 1;
    }
  }
  return lines;
}

function at(table: number[][], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

/** How many lines the ends of both texts have in common, from each pair of places. */
function lengths(a: string[], b: string[]): number[][] {
  const table: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = table[i] as number[];
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

/** What changed with a few lines around it; `null` stands for lines that are left out. */
export function shortened(lines: Line[], around = 2): (Line | null)[] {
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== "same");
  const shown: (Line | null)[] = [];
  for (const [index, line] of lines.entries()) {
    if (isNear(index)) shown.push(line);
    else if (shown.at(-1) !== null) shown.push(null);
  }
  return shown;
}
