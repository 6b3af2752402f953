import { expect, test } from "vitest";
import { missing, ruleOf } from "../../src/explorer/operations";
import { RULES } from "./world";

const found = (method: string, path: string) => ruleOf(RULES, method, path)?.path;

test("the rule of a request is found as the server finds it", () => {
  expect(found("GET", "/Users/anna@contoso.com")).toBe("/users/{id}");
  expect(found("GET", "/users/$count")).toBe("/users/$count");
  expect(found("GET", "/users('anna')")).toBe("/users/{id}");
  expect(found("GET", "/me")).toBe("/users/{id}");
  expect(found("GET", "/applications(appId='7')")).toBe("/applications/{appId=}");
  expect(found("GET", "/applications('7')")).toBe("/applications/{id}");
  expect(found("POST", "/identityProtection/riskyUsers/microsoft.graph.dismiss")).toBe(
    "/identityProtection/riskyUsers/dismiss",
  );
  expect(found("GET", "/strengths/1/usage()")).toBe("/strengths/{id}/usage()");
  expect(found("GET", "/strengths/1/usage")).toBe("/strengths/{id}/usage()");
  expect(found("DELETE", "/users")).toBeUndefined();
  expect(found("GET", "/users/1/nothing")).toBeUndefined();
});

test("what the token lacks is the least of the alternatives", () => {
  const rule = ruleOf(RULES, "GET", "/users/1");
  const mine = ruleOf(RULES, "GET", "/me");
  if (!rule || !mine) throw new Error("there is no rule");
  expect(missing(rule, "/users/1", ["User.Read"])).toEqual(["User.Read.All"]);
  expect(missing(mine, "/me", ["User.Read"])).toEqual([]);
  expect(missing(rule, "/users/1", ["Directory.Read.All"])).toEqual([]);
});
