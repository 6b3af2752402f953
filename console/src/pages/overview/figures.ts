// What the overview counts: each figure is a filter of a list, so that it leads to exactly what it counted.
import type { ListDefinition } from "../../list/definition";
import { type ListState, readState, requestOf, writeState } from "../../list/state";
import { riskDetections } from "../../lists/risk-detections";
import { riskyUsers } from "../../lists/risky-users";
import { signIns } from "../../lists/sign-ins";

export interface Figure {
  /** Path of the page with the list. */
  to: string;
  query: URLSearchParams;
  /** The same as filters. */
  state: ListState;
  /** What is asked of Graph. */
  count: string;
}

/** The figure of a list with these filters. */
function figure<T extends { id: string }>(definition: ListDefinition<T>, filters: Record<string, string>): Figure {
  const state = readState(definition, new URLSearchParams(filters));
  const [, filter] = /\$filter=([^&]*)/.exec(requestOf(definition, state)) ?? [];
  return {
    to: `/${definition.id}`,
    query: writeState(definition, state, new URLSearchParams()),
    state,
    count: `${definition.path}/$count${filter ? `?$filter=${filter}` : ""}`,
  };
}

const WEEK = { since: "7d" };

export const FIGURES = {
  highUsers: () => figure(riskyUsers, { state: "atRisk,confirmedCompromised", level: "high" }),
  mediumUsers: () => figure(riskyUsers, { state: "atRisk,confirmedCompromised", level: "medium" }),
  lowUsers: () => figure(riskyUsers, { state: "atRisk,confirmedCompromised", level: "low" }),
  allSignIns: () => figure(signIns, WEEK),
  failedSignIns: () => figure(signIns, { ...WEEK, status: "failure" }),
  riskySignIns: () => figure(signIns, { ...WEEK, level: "high,medium,low" }),
  stoppedSignIns: () => figure(signIns, { ...WEEK, access: "failure" }),
  // Also those that were looked at by policies none of which applied.
  satisfiedSignIns: () => figure(signIns, { ...WEEK, access: "success" }),
};

/** Sign-ins from a country of two letters. */
export function signInsFrom(country: string): Figure {
  return figure(signIns, { ...WEEK, country });
}

/** The sign-ins as a list that is asked for where they came from and nothing else. */
export const recent: typeof signIns = { ...signIns, select: "id,location,riskLevelDuringSignIn" };

/** Detections of one type. */
export function detectionsOfType(riskEventType: string): Figure {
  return figure(riskDetections, { ...WEEK, type: riskEventType });
}

/** What counts the detections of each level on one day, which begins at midnight of the browser's time zone. */
export function detectionsOfDay(day: Date): string[] {
  const next = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
  const between = `detectedDateTime ge ${utc(day)} and detectedDateTime lt ${utc(next)}`;
  return ["high", "medium", "low"].map(
    (level) => `${riskDetections.path}/$count?$filter=${encodeURIComponent(`${between} and riskLevel eq '${level}'`)}`,
  );
}

function utc(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}

/** The last seven days, today last. */
export function lastDays(now: Date): Date[] {
  return [6, 5, 4, 3, 2, 1, 0].map((ago) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago));
}
