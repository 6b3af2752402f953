import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ImpactPart } from "../src/api/annotations";
import { GraphFailure } from "../src/api/graph";
import type { ConditionalAccessPolicy } from "../src/api/types";
import { unknownPaths, withValue } from "../src/pages/policy/document";
import { Editor } from "../src/pages/policy/editor";
import { problemAt } from "../src/pages/policy/fields";
import { mostAffected, nothingYet, withPart } from "../src/pages/policy/impact";
import { type Answer, type Asked, answering, show } from "./world";

const stored: ConditionalAccessPolicy = {
  id: "11111111-2222-4333-8444-555555555555",
  displayName: "P",
  state: "disabled",
  conditions: {
    users: { includeUsers: ["All"], excludeGroups: ["g-1"] },
    applications: { includeApplications: ["All"] },
    signInRiskLevels: ["high"],
  },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
};

const NONE: Answer = { body: { value: [] } };
const lint = (asked: Asked[]) => asked.filter(({ path }) => path === "/riskgate/lintPolicies");

test("a value is put into the document, and what says nothing is taken out with what was around it", () => {
  const document = { a: { b: { c: 1 }, d: 2 }, e: 3 };
  expect(withValue(document, "a/b/c", 4)).toEqual({ a: { b: { c: 4 }, d: 2 }, e: 3 });
  expect(withValue(document, "a/b/c", undefined)).toEqual({ a: { d: 2 }, e: 3 });
  expect(withValue({ a: { b: [1] } }, "a/b", [])).toEqual({});
  expect(withValue({}, "x/y", ["z"])).toEqual({ x: { y: ["z"] } });
});

test("what the form does not show is named", () => {
  const document = { a: { b: 1, c: { d: 1 } }, x: 1, "y@odata.type": 1, k: { any: 1 } };
  expect(unknownPaths(document, ["a/b", "k"])).toEqual(["a/c", "x"]);
  expect(unknownPaths({ a: 1 }, ["a/b"])).toEqual(["a"]);
});

test("a refusal is shown at the field it names", () => {
  const failure = new GraphFailure(400, "BadRequest", "No.", undefined, "conditions/users");
  expect(problemAt(failure, "conditions/users/includeUsers", true)).toBe("No.");
  expect(problemAt(failure, "conditions/users/excludeUsers")).toBeUndefined();
  expect(problemAt(failure, "conditions/locations/includeLocations", true)).toBeUndefined();
  expect(problemAt(null, "conditions/users")).toBeUndefined();
});

test("form and JSON are one thing, and what the form does not know stays", async () => {
  answering(() => NONE);
  const save = vi.fn(async () => undefined);
  show(<Editor stored={{ ...stored, future: { a: [1] } } as ConditionalAccessPolicy} save={save} />);
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Renamed" } });
  fireEvent.click(within(screen.getByRole("group", { name: "Sign-in risk" })).getByLabelText("Medium"));
  expect(screen.getByText(/future/)).toBeTruthy();
  fireEvent.click(screen.getByRole("tab", { name: "JSON" }));
  const text = screen.getByLabelText("Policy as JSON") as HTMLTextAreaElement;
  const written = JSON.parse(text.value);
  expect(written).toMatchObject({ displayName: "Renamed", future: { a: [1] } });
  expect(written.conditions.signInRiskLevels).toEqual(["high", "medium"]);
  fireEvent.change(text, { target: { value: text.value.replace("Renamed", "Again") } });
  fireEvent.click(screen.getByRole("tab", { name: "Form" }));
  expect(screen.getByLabelText("Name")).toHaveProperty("value", "Again");
  expect(screen.getByText(/when the sign-in risk is high or medium/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(save).toHaveBeenCalledOnce());
  expect(save.mock.calls[0]).toMatchObject([{ displayName: "Again", future: { a: [1] } }, {}]);
});

test("text that is no policy keeps the form away and is told", () => {
  answering(() => NONE);
  show(<Editor stored={stored} save={async () => undefined} />);
  fireEvent.click(screen.getByRole("tab", { name: "JSON" }));
  fireEvent.change(screen.getByLabelText("Policy as JSON"), { target: { value: "{" } });
  expect(screen.getByText(/This is not JSON/)).toBeTruthy();
  expect(screen.getByRole("tab", { name: "Form" })).toHaveProperty("disabled", true);
  expect(screen.getByRole("button", { name: "Save" })).toHaveProperty("disabled", true);
});

test("blocking goes with no other control, and a cleared demand leaves nothing behind", () => {
  answering(() => NONE);
  show(<Editor stored={stored} save={async () => undefined} />);
  fireEvent.click(screen.getByLabelText("Block"));
  expect(screen.queryByRole("group", { name: "Require" })).toBeNull();
  expect(screen.getByText(/^Blocks access for all users/)).toBeTruthy();
  fireEvent.click(screen.getByLabelText("Grant, with what is demanded here"));
  fireEvent.click(within(screen.getByRole("group", { name: "Require" })).getByLabelText("A compliant device"));
  fireEvent.click(screen.getByRole("tab", { name: "JSON" }));
  const text = screen.getByLabelText("Policy as JSON") as HTMLTextAreaElement;
  expect(JSON.parse(text.value).grantControls).toEqual({ operator: "OR", builtInControls: ["compliantDevice"] });
});

test("findings and refusals of the server come while one edits", async () => {
  let refuses = false;
  const asked = answering(({ path }) => {
    if (path !== "/riskgate/lintPolicies") return NONE;
    const error = { code: "BadRequest", message: "'displayName' is not valid: too long.", target: "displayName" };
    if (refuses) return { status: 400, body: { error } };
    const of = (policyId: string) => ({ rule: "r", severity: "warning", policyId, policyName: "P", remedy: "Do." });
    return {
      body: {
        value: [
          { ...of(stored.id), problem: "Mine." },
          { ...of("other"), problem: "Not mine." },
        ],
      },
    };
  });
  show(<Editor stored={stored} save={async () => undefined} />);
  await screen.findByText(/Mine\./);
  expect(screen.queryByText(/Not mine/)).toBeNull();
  expect(lint(asked)[0]?.body.policies[0]).toMatchObject({ id: stored.id, displayName: "P" });
  refuses = true;
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "x".repeat(300) } });
  await waitFor(() => expect(screen.getAllByText(/too long/).length).toBeGreaterThan(1));
});

test("a change that locks administrators out is made only when that is said to be meant", async () => {
  answering(() => NONE);
  const details = [{ code: "LocksAdministratorsOut", message: "Block everybody" }];
  const save = vi.fn(async (_: object, headers: Record<string, string>) => {
    if (!headers.Prefer) throw new GraphFailure(400, "BadRequest", "After this …", undefined, undefined, details);
  });
  show(<Editor stored={stored} save={save} />);
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Other" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Block everybody");
  const override = screen.getByRole("button", { name: "Save all the same" });
  expect(override).toHaveProperty("disabled", true);
  fireEvent.click(screen.getByLabelText(/I mean it/));
  fireEvent.click(override);
  await screen.findByText("Saved.");
  expect(save.mock.calls.at(-1)?.[1].Prefer).toContain("riskgate.allow-lockout");
});

const part = (changes: Partial<ImpactPart>): ImpactPart => ({
  sinceDateTime: "2026-11-18T00:00:00Z",
  examinedCount: 2,
  blockedCount: 1,
  challengedCount: 1,
  sessionLimitedCount: 0,
  satisfiedCount: 0,
  notAppliedCount: 0,
  notJudgedCount: 0,
  users: [{ userId: "u", userDisplayName: "U", userPrincipalName: null, blockedCount: 1, challengedCount: 1 }],
  examples: [],
  ...changes,
});

test("parts of an impact are put together, and the last one says how many there were", () => {
  const other = { userId: "v", userDisplayName: "V", userPrincipalName: null, blockedCount: 3, challengedCount: 0 };
  const first = withPart(nothingYet(), part({ signInCount: 5, skipToken: "t" }));
  expect(first).toMatchObject({ total: 5, examined: 2 });
  const both = withPart(first, part({ users: [other, ...part({}).users] }));
  expect(both).toMatchObject({ total: 4, examined: 4, counts: { blocked: 2, challenged: 2, satisfied: 0 } });
  expect(mostAffected(both).map(({ userId, blockedCount }) => [userId, blockedCount])).toEqual([
    ["v", 3],
    ["u", 2],
  ]);
});
