// What Riskgate says beyond Graph when it is asked for annotations: decisions with all their reasons.
import type {
  AppliedConditionalAccessPolicyResult,
  ConditionalAccessPolicy,
  RiskDetection,
  RiskLevel,
  SignIn,
} from "./types";

/** Something that could have been different about a sign-in. */
export interface Change {
  change: string;
  level?: RiskLevel;
  displayName?: string;
  isTrusted?: boolean;
  platform?: string;
  clientAppType?: string;
}

/** What the policies came to together. */
export interface Decision {
  result: "granted" | "interrupted" | "blocked";
  errorCode: number;
  /** Controls that are asked for. */
  controls: string[];
  /** Sets of changes, each of which would give access. */
  smallestChanges: Change[][];
}

/** What one policy did, and why. */
export interface PolicyTrace {
  policyId: string;
  displayName: string;
  result: AppliedConditionalAccessPolicyResult;
  enforcedGrantControls: string[];
  enforcedSessionControls: string[];
  conditionsSatisfied: string[];
  conditionsNotSatisfied: string[];
  includeRulesSatisfied: RuleSatisfied[];
  excludeRulesSatisfied: RuleSatisfied[];
  reasons: string[];
}

export interface RuleSatisfied {
  conditionalAccessCondition: string;
  ruleSatisfied: string;
}

export interface Explanation extends Decision {
  policies: PolicyTrace[];
}

/** A sign-in with the decision as it was made. Who may not read policies gets none. */
export interface ExplainedSignIn extends SignIn {
  "@riskgate.conditionalAccess"?: Explanation;
}

/** A result of What If with everything that led to it. */
export type ExplainedResult = ConditionalAccessPolicy & {
  policyApplies?: boolean;
} & { [Name in keyof Omit<PolicyTrace, "policyId" | "displayName"> as `@riskgate.${Name}`]?: PolicyTrace[Name] };

/** What was seen, and what would have been usual. */
export interface DetectionEvidence {
  key: string;
  value: string;
  expected?: string | null;
  /** How much it speaks for an attack, in log-odds; below zero it speaks against one. */
  contribution?: number | null;
}

/** A detection with everything it rests on. */
export interface ExplainedDetection extends RiskDetection {
  "@riskgate.evidence"?: { evidence?: DetectionEvidence[] };
}

/** Something in policies that is valid and probably not meant. */
export interface Finding {
  rule: string;
  severity: "error" | "warning" | "information";
  policyId: string;
  policyName: string;
  problem: string;
  remedy: string;
}

export type ImpactEffect = "blocked" | "challenged" | "sessionLimited" | "satisfied" | "notApplied" | "notJudged";

/** A part of what recorded sign-ins would have come to. */
export type ImpactPart = {
  sinceDateTime: string;
  /** How many there are in all; in the first part alone. */
  signInCount?: number;
  examinedCount: number;
  users: ImpactUser[];
  examples: ImpactExample[];
  /** Where the next part begins. */
  skipToken?: string;
} & Record<`${ImpactEffect}Count`, number>;

export interface ImpactUser {
  userId: string;
  userDisplayName: string | null;
  userPrincipalName: string | null;
  blockedCount: number;
  challengedCount: number;
}

/** A sign-in somebody would have noticed. */
export interface ImpactExample
  extends Pick<
    SignIn,
    | "id"
    | "createdDateTime"
    | "userDisplayName"
    | "userPrincipalName"
    | "appDisplayName"
    | "ipAddress"
    | "location"
    | "riskLevelDuringSignIn"
  > {
  effect: ImpactEffect;
}

/** A source of what is known about addresses. */
export interface Feed {
  id: string;
  kind: string;
  source: string;
  entryCount: number | null;
  badLineCount: number;
  asOfDateTime: string | null;
  ageInSeconds: number | null;
  isStale: boolean;
  isExpired: boolean;
  licence: string;
  version: string | null;
  lastAttemptDateTime: string | null;
  lastError: string | null;
}
