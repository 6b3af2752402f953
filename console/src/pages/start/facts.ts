// How far the first run got, read from Graph each time: it does not matter who did a step, or how.
import { type Graph, GraphFailure, type Page } from "../../api/graph";
import { equals, withOptions } from "../../api/odata";
import type { ConditionalAccessPolicy, RiskDetection, RiskyUser, User } from "../../api/types";

/** Name of the policy, by which it is found again. */
export const POLICY = "First run: a code when a sign-in is risky";
/** Name of the test user before the '@'. */
export const USER = "first-run";

export interface Facts {
  user: User | null;
  /** Of the user, newest first. */
  detections: RiskDetection[];
  hasAuthenticator: boolean;
  policies: ConditionalAccessPolicy[];
  riskState: string | null;
}

/** Everything the steps depend on. */
export async function readFacts(graph: Graph, userPrincipalName: string, signal: AbortSignal): Promise<Facts> {
  const get = <T>(path: string) => orNothing(graph.get<T>(path, { signal }));
  const policiesOf = withOptions("/identity/conditionalAccess/policies", {
    $filter: equals<ConditionalAccessPolicy>("displayName", POLICY),
  });
  const select = { $select: "id,displayName,userPrincipalName" };
  const [user, policies] = await Promise.all([
    get<User>(withOptions(`/users/${encodeURIComponent(userPrincipalName)}`, select)),
    get<Page<ConditionalAccessPolicy>>(policiesOf),
  ]);
  const none = { user, policies: policies?.value ?? [], detections: [], hasAuthenticator: false, riskState: null };
  if (!user) return none;
  const filter = equals<RiskDetection>("userId", user.id);
  const [detections, methods, risky] = await Promise.all([
    get<Page<RiskDetection>>(withOptions("/identityProtection/riskDetections", { $filter: filter, $top: 50 })),
    get<Page<{ id: string }>>(`/users/${user.id}/authentication/softwareOathMethods`),
    get<RiskyUser>(`/identityProtection/riskyUsers/${user.id}`),
  ]);
  const newest = (one: RiskDetection) => one.detectedDateTime ?? "";
  return {
    ...none,
    detections: (detections?.value ?? []).sort((left, right) => newest(right).localeCompare(newest(left))),
    hasAuthenticator: (methods?.value.length ?? 0) > 0,
    riskState: risky?.riskState ?? null,
  };
}

/** What there is; `null` if there is no such thing. */
async function orNothing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GraphFailure && error.status === 404) return null;
    throw error;
  }
}
