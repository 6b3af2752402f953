import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { readAdditionalInfo } from "../src/api/additional-info";
import type { ExplainedSignIn, PolicyTrace } from "../src/api/annotations";
import type { RiskDetection } from "../src/api/types";
import { SignInPage } from "../src/pages/sign-in/page";
import { momentsOf } from "../src/pages/sign-in/timeline";
import { change, changes, condition } from "../src/texts/decision";
import { answering, show } from "./world";

const trace: PolicyTrace = {
  policyId: "p-1",
  displayName: "Block at risk",
  result: "failure",
  enforcedGrantControls: ["block"],
  enforcedSessionControls: [],
  conditionsSatisfied: ["users", "signInRisk"],
  conditionsNotSatisfied: [],
  includeRulesSatisfied: [{ conditionalAccessCondition: "users", ruleSatisfied: "allUsers" }],
  excludeRulesSatisfied: [],
  reasons: ["riskLevelUnknown"],
};
const idle: PolicyTrace = {
  ...trace,
  policyId: "p-2",
  displayName: "Only iOS",
  result: "notApplied",
  enforcedGrantControls: [],
  conditionsSatisfied: ["users"],
  conditionsNotSatisfied: ["devicePlatform"],
  reasons: [],
};
const signIn: ExplainedSignIn = {
  id: "s-1",
  createdDateTime: "2026-11-25T12:00:00Z",
  correlationId: "c-1",
  userId: "u-1",
  userDisplayName: "Anna",
  appDisplayName: "Mail",
  ipAddress: "192.0.2.1",
  status: { errorCode: 53003, failureReason: "Access is blocked by Conditional Access policies." },
  "@riskgate.conditionalAccess": {
    result: "blocked",
    errorCode: 53003,
    controls: [],
    smallestChanges: [
      [
        { change: "fromLocation", displayName: "Office", isTrusted: true },
        { change: "signInRisk", level: "low" },
      ],
    ],
    policies: [idle, trace],
  },
};
const detection: RiskDetection = {
  id: "d-1",
  riskEventType: "anonymizedIPAddress",
  riskLevel: "medium",
  riskState: "remediated",
  riskDetail: "userPassedMFADrivenByRiskBasedPolicy",
  detectedDateTime: "2026-11-25T12:00:00Z",
  lastUpdatedDateTime: "2026-11-25T12:01:00Z",
  additionalInfo: JSON.stringify([
    { Key: "userAgent", Value: "Mozilla" },
    { Key: "riskReasons", Value: ["egress: Tor exit", "list: a has x", "list: b has y: z", "UnfamiliarASN"] },
  ]),
};

const full = {
  evidence: [
    { key: "list", value: "a has x" },
    { key: "list", value: "b has y: z" },
    { key: "distance", value: "at least 900 km", expected: "less than 100 km", contribution: 2.5 },
  ],
};

test("evidence is read from what Graph gives as text", () => {
  const info = readAdditionalInfo(detection.additionalInfo);
  expect(info.client).toEqual([{ key: "userAgent", value: "Mozilla" }]);
  expect(info.reasons).toEqual([
    { key: "egress", value: "Tor exit" },
    { key: "list", value: "a has x" },
    { key: "list", value: "b has y: z" },
    { key: "UnfamiliarASN", value: "" },
  ]);
});

test("additional information that makes no sense is no evidence and no error", () => {
  for (const text of [
    null,
    undefined,
    "",
    "{",
    "7",
    '{"Key":"a"}',
    '[null,1,{"Key":3,"Value":"x"},{"Key":"a","Value":{}}]',
  ]) {
    expect(readAdditionalInfo(text)).toEqual({ client: [], reasons: [] });
  }
});

test("changes and conditions are sentences, and unknown names are spelled out", () => {
  expect(changes(signIn["@riskgate.conditionalAccess"]?.smallestChanges[0] ?? [])).toBe(
    "it comes from the location “Office” and the risk of the sign-in is at most low",
  );
  expect(change({ change: "growWings" })).toBe("Grow wings");
  expect(change({ change: "platform", platform: "iOS" })).toBe("it is on the platform iOS");
  expect(condition("users", trace.includeRulesSatisfied)).toBe("User: all users");
  expect(condition("moonPhase", [])).toBe("Moon phase");
});

test("the timeline is in order and leads to the other steps", () => {
  const other = { id: "s-0", createdDateTime: "2026-11-25T11:59:00Z", status: { errorCode: 0 } };
  const moments = momentsOf(signIn, [detection], [other, signIn]);
  expect(moments.map((moment) => moment.what)).toEqual([
    "Another step of the same sign-in: Success",
    "Came from 192.0.2.1",
    "Detected: Anonymous IP address, medium",
    "Policies decided: Access was blocked.",
    "The risk became “Remediated”: The user passed the second factor a risk policy asked for",
  ]);
  expect(moments[0]?.signIn).toBe("s-0");
});

test("one page answers why", async () => {
  const asked = answering(({ path }) => {
    if (path.startsWith("/auditLogs/signIns/s-1")) return { body: signIn };
    if (path.startsWith("/identityProtection/riskDetections/"))
      return { body: { ...detection, "@riskgate.evidence": full } };
    if (path.startsWith("/identityProtection/riskDetections")) return { body: { value: [detection] } };
    return { body: { value: [signIn] } };
  });
  show(<SignInPage id="s-1" />);
  await screen.findByRole("heading", { name: "Sign-in of Anna" });
  await screen.findByRole("heading", { name: "Anonymous IP address" });
  expect(asked[0]?.headers.Prefer).toContain('odata.include-annotations="riskgate.*"');
  expect(
    screen.getByText("if it comes from the location “Office” and the risk of the sign-in is at most low"),
  ).toBeDefined();
  await screen.findByText("a has x; b has y: z");
  await screen.findByText("at least 900 km (usual: less than 100 km, weight +2.5)");
  expect(screen.getAllByText("User: all users")).toHaveLength(2);
  expect(screen.getAllByLabelText("Not satisfied")).toHaveLength(1);
  const titles = screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent);
  expect(titles).toEqual(["Anonymous IP address", "Places", "Devices", "Hours", "Block at risk", "Only iOS"]);
});

test("who may not read policies is told so, and sees the rest", async () => {
  const { "@riskgate.conditionalAccess": _, ...plain } = signIn;
  answering(({ path }) => ({ body: path.startsWith("/auditLogs/signIns/s-1") ? plain : { value: [] } }));
  show(<SignInPage id="s-1" />);
  await screen.findByText("What the policies did is shown to those who may read policies.");
  expect(screen.getByText("Nothing risky was detected about this sign-in.")).toBeDefined();
});
