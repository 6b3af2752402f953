import { expect, test } from "vitest";
import type { RiskyUser } from "../src/api/types";
import type { ListDefinition } from "../src/list/definition";
import { nextOf, readState, requestOf, writeState } from "../src/list/state";
import { riskDetectionsOf } from "../src/lists/risk-detections";
import { riskyUsers } from "../src/lists/risky-users";
import { signIns } from "../src/lists/sign-ins";

const definition: ListDefinition<RiskyUser> = riskyUsers;
const read = (query: string) => readState(definition, new URLSearchParams(query));
const asked = (query: string) => decodeURIComponent(requestOf(definition, read(query)));

test("without anything in the address the list is as the page declares it", () => {
  expect(asked("")).toBe("/identityProtection/riskyUsers?$orderby=riskLastUpdatedDateTime desc&$top=50");
  expect(read("").columns).toEqual(["user", "userPrincipalName", "level", "state", "detail", "updated"]);
});

test("filters become clauses: any of the values of one, all of the filters", () => {
  expect(asked("level=high,medium&state=atRisk&user=O'Brien")).toBe(
    "/identityProtection/riskyUsers?$filter=(riskLevel eq 'high' or riskLevel eq 'medium') and riskState eq 'atRisk' " +
      "and (contains(userDisplayName,'O''Brien') or contains(userPrincipalName,'O''Brien'))" +
      "&$orderby=riskLastUpdatedDateTime desc&$top=50",
  );
});

test("what makes no sense in an address is left out", () => {
  const state = read("level=extreme,low&state=&sort=deleted:asc&columns=nothing&x=1");
  expect(state.filters).toEqual({ level: ["low"] });
  expect(state.sort).toEqual(definition.sort);
  expect(state.columns).toHaveLength(6);
  expect(read("sort=nothing:desc").sort).toEqual(definition.sort);
});

test("an address says what differs from the first state, and others' options stay", () => {
  const others = new URLSearchParams("part=history&after=old");
  const write = (query: string) => writeState(definition, read(query), others).toString();
  expect(write("")).toBe("part=history");
  const query = "level=high%2Clow&sort=user%3Aasc&columns=user%2Cid&after=token";
  const written = write(query);
  expect(new URLSearchParams(written).get("part")).toBe("history");
  expect(readState(definition, new URLSearchParams(written))).toEqual(read(query));
});

test("a scope holds whatever is filtered", () => {
  const mine = riskDetectionsOf("u'1");
  const request = requestOf(mine, readState(mine, new URLSearchParams("level=low&user=x")));
  expect(decodeURIComponent(request)).toContain("$filter=userId eq 'u''1' and riskLevel eq 'low'&");
});

test("a status is a clause of its own, and time counts back from now", () => {
  const request = requestOf(signIns, readState(signIns, new URLSearchParams("status=failure,success&since=24h")));
  const filter = decodeURIComponent(request);
  const since = /createdDateTime ge (\S+Z) and status\/errorCode ne 0&/.exec(filter)?.[1];
  const hours = (Date.now() - new Date(since ?? "").getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThan(24.1);
});

test("the next page begins where the server's link says", () => {
  expect(nextOf(undefined)).toBe("");
  expect(nextOf("https://id.contoso.com/v1.0/x?$top=5&$skiptoken=a%2Bb%3D")).toBe("a+b=");
  expect(asked("after=a%2Bb%3D")).toMatch(/&\$skiptoken=a\+b=$/);
});
