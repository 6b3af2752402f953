// The steps of the first run, and what each asks Graph for.
import { type GraphRequest, request } from "../../explorer/request";
import { type Facts, POLICY } from "./facts";

export const STEPS = ["user", "tor", "authenticator", "policy", "mfa", "dismiss"] as const;
export type Step = (typeof STEPS)[number];

/** Whether the step is done, by whomever. */
export function isDone(step: Step, facts: Facts): boolean {
  switch (step) {
    case "user":
      return facts.user !== null;
    case "tor":
      return facts.detections.length > 0;
    case "authenticator":
      return facts.hasAuthenticator;
    case "policy":
      return facts.policies.some((policy) => policy.state === "enabled");
    case "mfa":
      return facts.detections.some((one) => one.riskDetail === "userPassedMFADrivenByRiskBasedPolicy");
    case "dismiss":
      return facts.riskState === "dismissed";
  }
}

/** The first step that is not done; `null` at the end. */
export function current(facts: Facts): Step | null {
  return STEPS.find((step) => !isDone(step, facts)) ?? null;
}

/** Makes the test user. */
export function createUser(userPrincipalName: string, password: string): GraphRequest {
  const [name = ""] = userPrincipalName.split("@");
  return request("POST", "/users", {
    accountEnabled: true,
    displayName: "First run",
    mailNickname: name,
    userPrincipalName,
    passwordProfile: { forceChangePasswordNextSignIn: false, password },
  });
}

/** Gives the test user another password, where this browser does not know the old one. */
export function newPassword(userId: string, password: string): GraphRequest {
  return request("PATCH", `/users/${userId}`, { passwordProfile: { forceChangePasswordNextSignIn: false, password } });
}

/** Asks for a second factor at a risky sign-in, of the test user and nobody else. */
export function createPolicy(userId: string): GraphRequest {
  return request("POST", "/identity/conditionalAccess/policies", {
    displayName: POLICY,
    state: "enabled",
    conditions: {
      signInRiskLevels: ["high", "medium"],
      applications: { includeApplications: ["All"] },
      users: { includeUsers: [userId] },
    },
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  });
}

export function dismiss(userId: string): GraphRequest {
  return request("POST", "/identityProtection/riskyUsers/dismiss", { userIds: [userId] });
}

/** Removes what the first run made, for good. */
export function removals({ user, policies }: Facts): GraphRequest[] {
  const conditionalAccess = "/identity/conditionalAccess";
  return [
    ...policies.flatMap(({ id }) => [
      request("DELETE", `${conditionalAccess}/policies/${id}`),
      request("DELETE", `${conditionalAccess}/deletedItems/policies/${id}`),
    ]),
    ...(user ? [request("DELETE", `/users/${user.id}`), request("DELETE", `/directory/deletedItems/${user.id}`)] : []),
  ];
}

/** The command of a terminal that signs the test user in. `password` has no character a shell would read. */
export function command(step: "tor" | "authenticator" | "mfa", origin: string, name: string, password: string): string {
  const flags = {
    tor: "--from tor",
    authenticator: "--authenticator first-run.secret",
    mfa: "--from tor --authenticator first-run.secret",
  }[step];
  return `echo '${password}' | riskgate simulate signin --user ${name} --password-stdin ${flags} --base-url ${origin}`;
}

/** A password that nobody guesses, of letters and digits, which no rule and no shell minds. */
export function randomPassword(): string {
  const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const numbers = crypto.getRandomValues(new Uint32Array(20));
  return `Aa7-${[...numbers].map((number) => letters[number % letters.length]).join("")}`;
}
