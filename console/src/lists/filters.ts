// Filters several lists share.

import { contains, equals, type PathOf, since } from "../api/odata";
import type { RiskLevel, RiskState } from "../api/types";
import type { ListFilter } from "../list/definition";
import { text } from "../texts";

const LEVELS: RiskLevel[] = ["high", "medium", "low", "none"];
const STATES: RiskState[] = ["atRisk", "confirmedCompromised", "remediated", "dismissed", "confirmedSafe", "none"];
const HOURS = { "1h": 1, "24h": 24, "7d": 7 * 24, "30d": 30 * 24 } as const;

export function levels<T>(id: string, title: () => string, path: PathOf<T>): ListFilter {
  const option = (level: RiskLevel) => ({
    value: level,
    label: () => text.words.riskLevel[level],
    clause: () => equals<T>(path, level),
  });
  return { kind: "choices", id, title, options: LEVELS.map(option) };
}

export function states<T>(path: PathOf<T>): ListFilter {
  const option = (state: RiskState) => ({
    value: state,
    label: () => text.words.riskState[state],
    clause: () => equals<T>(path, state),
  });
  return { kind: "choices", id: "state", title: () => text.fields.riskState, options: STATES.map(option) };
}

/** How far back, from now on. */
export function period<T>(title: () => string, path: PathOf<T>): ListFilter {
  const names = Object.keys(HOURS) as (keyof typeof HOURS)[];
  const option = (name: keyof typeof HOURS) => ({
    value: name,
    label: () => text.list.time[name],
    // To the minute, so that the same question has the same address while one reads.
    clause: () => since<T>(path, new Date(Math.floor(Date.now() / 60_000 - HOURS[name] * 60) * 60_000)),
  });
  return { kind: "choice", id: "since", title, options: names.map(option) };
}

/** Part of a user's name, the display name or the one for signing in. */
export function userName<T>(displayName: PathOf<T>, principalName: PathOf<T>): ListFilter {
  return {
    kind: "text",
    id: "user",
    title: () => text.fields.user,
    clause: (value) => `(${contains<T>(displayName, value)} or ${contains<T>(principalName, value)})`,
  };
}
