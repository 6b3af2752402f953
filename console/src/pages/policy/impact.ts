// What recorded sign-ins would have come to, put together from the parts the server answers with.
import type { ImpactEffect, ImpactExample, ImpactPart, ImpactUser } from "../../api/annotations";

/** In the order they are shown, the gravest first. */
export const EFFECTS: ImpactEffect[] = [
  "blocked",
  "challenged",
  "sessionLimited",
  "satisfied",
  "notApplied",
  "notJudged",
];
/** Most examples of each effect that are kept. */
const EXAMPLES = 10;

export interface Impact {
  /** How many sign-ins there are to decide again. */
  total: number;
  examined: number;
  counts: Record<ImpactEffect, number>;
  examples: ImpactExample[];
  users: Map<string, ImpactUser>;
}

export function nothingYet(): Impact {
  const counts = Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Record<ImpactEffect, number>;
  return { total: 0, examined: 0, counts, examples: [], users: new Map() };
}

/** With one more part. */
export function withPart(impact: Impact, part: ImpactPart): Impact {
  const counts = { ...impact.counts };
  for (const effect of EFFECTS) counts[effect] += part[`${effect}Count`];
  const users = new Map(impact.users);
  for (const user of part.users) {
    const before = users.get(user.userId);
    users.set(user.userId, {
      ...user,
      blockedCount: user.blockedCount + (before?.blockedCount ?? 0),
      challengedCount: user.challengedCount + (before?.challengedCount ?? 0),
    });
  }
  const examined = impact.examined + part.examinedCount;
  // What came in while it was counted is not decided again, and what was purged meanwhile is not there any more.
  const total = part.skipToken ? (part.signInCount ?? Math.max(impact.total, examined)) : examined;
  const examples = EFFECTS.flatMap((effect) =>
    [...impact.examples, ...part.examples].filter((one) => one.effect === effect).slice(0, EXAMPLES),
  );
  return { total, examined, counts, examples, users };
}

/** Those who would notice most, blocked ones first. */
export function mostAffected(impact: Impact, most = 10): ImpactUser[] {
  return [...impact.users.values()]
    .sort((a, b) => b.blockedCount - a.blockedCount || b.challengedCount - a.challengedCount)
    .slice(0, most);
}
