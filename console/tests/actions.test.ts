import { expect, test } from "vitest";
import { ACTIONS } from "../src/parts/actions";

test("each action is the request Graph has for it", () => {
  const requests = ACTIONS.users.map((action) => [action.id, action.request("u 1")]);
  expect(requests).toEqual([
    ["dismiss", { method: "POST", url: "/identityProtection/riskyUsers/dismiss", body: { userIds: ["u 1"] } }],
    [
      "confirmCompromised",
      { method: "POST", url: "/identityProtection/riskyUsers/confirmCompromised", body: { userIds: ["u 1"] } },
    ],
    ["confirmSafe", { method: "POST", url: "/identityProtection/riskyUsers/confirmSafe", body: { userIds: ["u 1"] } }],
    ["revoke", { method: "POST", url: "/users/u%201/revokeSignInSessions", body: {} }],
    ["disable", { method: "PATCH", url: "/users/u%201", body: { accountEnabled: false } }],
  ]);
  expect(ACTIONS.disabledUsers.at(-1)?.request("1").body).toEqual({ accountEnabled: true });
  expect(ACTIONS.signIns[0]?.request("s")).toEqual({
    method: "POST",
    url: "/auditLogs/signIns/dismiss",
    body: { requestIds: ["s"] },
  });
  expect(ACTIONS.servicePrincipals.map((action) => action.id)).toEqual(["dismiss", "confirmCompromised"]);
});

test("every action says what it does", () => {
  for (const action of Object.values(ACTIONS).flat()) {
    expect(action.words().effects.length).toBeGreaterThan(0);
    expect(action.words().question(1)).not.toBe(action.words().question(2));
  }
});
