// How many sign-ins a policy had something to say about. That a sign-in passed the policies does not tell: it also passes
// those that were looked at and did not apply.
import type { SignIn } from "../../api/types";
import type { ListDefinition } from "../../list/definition";
import { readState, requestOf } from "../../list/state";
import { signIns } from "../../lists/sign-ins";

/** Most sign-ins that are looked at; a page of Graph. */
const MOST_SEEN = 999;

export type Decided = Pick<SignIn, "id" | "appliedConditionalAccessPolicies">;

const decided: ListDefinition<SignIn> = {
  ...signIns,
  select: "id,appliedConditionalAccessPolicies",
  // Whoever failed before, at the password for one, never came to the policies.
  scope: "(conditionalAccessStatus eq 'success' or conditionalAccessStatus eq 'failure' or status/errorCode eq 0)",
};

/** What is asked of Graph: the newest sign-ins of the week that policies decided. */
export function decidedSignIns(): string {
  return requestOf(decided, readState(decided, new URLSearchParams({ since: "7d" })), MOST_SEEN);
}

/** Whether an enabled policy applied: what it demanded was met or was not. */
export function isCovered({ appliedConditionalAccessPolicies }: Decided): boolean {
  return (appliedConditionalAccessPolicies ?? []).some(({ result }) => result === "success" || result === "failure");
}
