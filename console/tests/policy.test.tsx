import { expect, test } from "vitest";
import type { ConditionalAccessPolicy } from "../src/api/types";
import { parse, template, toChange, toText } from "../src/pages/policy/editable";
import { bodyOf, fromQuery, toQuery } from "../src/pages/what-if/question";
import { sentence } from "../src/texts/policy";

const everybody = { applications: { includeApplications: ["All"] }, users: { includeUsers: ["All"] } };
const policy = (changes: Partial<ConditionalAccessPolicy>): ConditionalAccessPolicy => ({
  id: "p-1",
  displayName: "P",
  state: "enabled",
  conditions: everybody,
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
  ...changes,
});

test("a policy is one plain sentence", () => {
  const said: [Partial<ConditionalAccessPolicy>, string][] = [
    [{}, "Requires multifactor authentication for all users to all resources."],
    [
      {
        grantControls: { operator: "AND", builtInControls: ["mfa", "passwordChange"] },
        conditions: { ...everybody, userRiskLevels: ["high"] },
      },
      "Requires multifactor authentication and a new password for all users to all resources when the user risk is high.",
    ],
    [
      {
        grantControls: { operator: "OR", builtInControls: ["block"] },
        conditions: {
          users: { includeUsers: ["All"], excludeGroups: ["g"], excludeRoles: ["r", "s"] },
          applications: { includeApplications: ["a", "b"] },
          locations: { includeLocations: ["All"], excludeLocations: ["AllTrusted"] },
          platforms: { includePlatforms: ["iOS", "android"] },
          clientAppTypes: ["browser"],
        },
      },
      "Blocks access for all users (except 1 group, 2 roles) to 2 resources from outside of all trusted locations " +
        "on iOS or Android with a browser.",
    ],
    [
      { grantControls: null, sessionControls: { signInFrequency: { isEnabled: true, value: 4, type: "hours" } } },
      "Sets signing in again from time to time for all users to all resources.",
    ],
    [
      {
        conditions: {
          users: { includeUsers: ["u"] },
          applications: { includeUserActions: ["urn:user:registersecurityinfo"] },
        },
      },
      "Requires multifactor authentication for 1 user when registering security information.",
    ],
    [
      {
        conditions: { ...everybody, clientApplications: { includeServicePrincipals: ["ServicePrincipalsInMyTenant"] } },
      },
      "Requires multifactor authentication for all applications that act on their own behalf to all resources.",
    ],
  ];
  for (const [changes, expected] of said) expect(sentence(policy(changes))).toBe(expected);
});

test("the text of a policy holds what is its own and what says something", () => {
  const strength = { id: "s-1", displayName: "Strong", allowedCombinations: ["fido2"] };
  const stored = policy({
    createdDateTime: "2026-11-25T12:00:00Z",
    sessionControls: null,
    conditions: { ...everybody, signInRiskLevels: [], userRiskLevels: ["high"] },
  });
  Object.assign(stored.grantControls ?? {}, { authenticationStrength: strength });
  expect(JSON.parse(toText(stored))).toEqual({
    displayName: "P",
    state: "enabled",
    conditions: { ...everybody, userRiskLevels: ["high"] },
    grantControls: { operator: "OR", builtInControls: ["mfa"], authenticationStrength: { id: "s-1" } },
  });
  expect(parse(toText(template()))).toHaveProperty("value.state", "enabledForReportingButNotEnforced");
});

test("what is no object is no policy", () => {
  expect(parse("{")).toHaveProperty("problem");
  expect(parse("[]")).toHaveProperty("problem", "A policy in braces is expected.");
  expect(parse("null")).toHaveProperty("problem");
});

test("what was taken out of the text is taken out of the policy, one level deep as Graph merges it", () => {
  const stored = policy({
    description: "old",
    sessionControls: { persistentBrowser: { mode: "never" }, signInFrequency: null },
    conditions: {
      ...everybody,
      signInRiskLevels: ["high"],
      locations: { includeLocations: ["All"] },
      userRiskLevels: [],
    },
    grantControls: { operator: "OR", builtInControls: ["mfa"], termsOfUse: ["t"] },
  });
  const written = {
    displayName: "New",
    conditions: everybody,
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  };
  expect(toChange(written, stored)).toEqual({
    displayName: "New",
    description: null,
    sessionControls: null,
    conditions: { ...everybody, signInRiskLevels: [], locations: null },
    grantControls: { operator: "OR", builtInControls: ["mfa"], termsOfUse: [] },
  });
});

test("a question of What If is in the address, and only what was said is asked", () => {
  const query = new URLSearchParams("userId=u-1&platform=iOS&signInRisk=high&country=de");
  const question = fromQuery(query);
  expect(toQuery(question).toString()).toBe("userId=u-1&country=de&platform=iOS&signInRisk=high");
  expect(bodyOf(question)).toEqual({
    signInIdentity: { "@odata.type": "#microsoft.graph.userSignIn", userId: "u-1" },
    signInContext: {
      "@odata.type": "#microsoft.graph.applicationContext",
      includeApplications: ["00000003-0000-0000-c000-000000000000"],
    },
    signInConditions: { country: "DE", devicePlatform: "iOS", signInRiskLevel: "high" },
  });
});
