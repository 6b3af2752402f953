import { expect, test } from "vitest";
import { complete } from "../../src/explorer/completion";
import { RULES, SCHEMA } from "./world";

/** What is suggested at the mark `|`. */
function offered(marked: string): string[] {
  const caret = marked.indexOf("|");
  return complete(SCHEMA, RULES, marked.replace("|", ""), caret).suggestions.map((one) => one.text);
}

/** The text after the first suggestion was taken. */
function taken(marked: string): string {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { from, suggestions } = complete(SCHEMA, RULES, text, caret);
  return text.slice(0, from) + suggestions[0]?.text + text.slice(caret);
}

test("paths are those the server answers, segment by segment", () => {
  expect(offered("/|")).toEqual(["me", "users", "applications", "identityProtection", "strengths"]);
  expect(offered("/id|")).toEqual(["identityProtection"]);
  expect(offered("/identityProtection/|")).toEqual(["riskyUsers"]);
  expect(offered("/identityProtection/riskyUsers/|")).toEqual(["{id}", "dismiss"]);
  expect(offered("/identityProtection/riskyUsers/42/|")).toEqual(["history"]);
  expect(offered("/nowhere/|")).toEqual([]);
  expect(taken("/identityProtection/risky|")).toBe("/identityProtection/riskyUsers");
});

test("the detail says what is there", () => {
  const { suggestions } = complete(SCHEMA, RULES, "/identityProtection/riskyUsers/", 31);
  expect(suggestions).toEqual([
    { text: "{id}", detail: "riskyUser" },
    { text: "dismiss", detail: "userIds" },
  ]);
});

test("options are offered once", () => {
  expect(offered("/users?|")).toContain("$filter=");
  expect(offered("/users?$filter=id eq '1'&$f|")).toEqual([]);
  expect(taken("/users?$sel|")).toBe("/users?$select=");
});

test("properties follow $select and $orderby, without those that are there", () => {
  expect(offered("/users?$select=|")).toEqual(["id", "displayName", "status"]);
  expect(offered("/users?$select=id,|")).toEqual(["displayName", "status"]);
  expect(offered("/users?$select=id,status/|")).toEqual(["errorCode"]);
  expect(offered("/users?$orderby=displayName |")).toEqual(["asc", "desc"]);
  expect(taken("/users?$select=id,dis|&$top=1")).toBe("/users?$select=id,displayName&$top=1");
});

test("a filter goes from property to operator to value to conjunction", () => {
  const at = "/identityProtection/riskyUsers?$filter=";
  expect(offered(`${at}risk|`)).toEqual(["riskLevel", "riskLastUpdatedDateTime"]);
  expect(offered(`${at}riskLevel |`)).toEqual(["eq", "ne", "in"]);
  expect(offered(`${at}riskLastUpdatedDateTime |`)).toContain("ge");
  expect(offered(`${at}riskLevel eq |`)).toEqual(["'low'", "'medium'", "'high'"]);
  expect(taken(`${at}riskLevel eq 'h|`)).toBe(`${at}riskLevel eq 'high'`);
  expect(offered(`${at}isDeleted eq |`)).toEqual(["true", "false"]);
  expect(offered(`${at}riskLevel eq 'high' |`)).toEqual(["and", "or"]);
  expect(offered(`${at}riskLevel eq 'high' and risk|`)).toEqual(["riskLevel", "riskLastUpdatedDateTime"]);
  expect(offered(`/users?$filter=startswith(dis|`)).toEqual(["displayName"]);
  expect(offered(`/users?$filter=displayName eq 'a|`)).toEqual([]);
});
