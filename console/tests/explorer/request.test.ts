import { afterEach, expect, test, vi } from "vitest";
import { leadsTo, tokens } from "../../src/explorer/links";
import { filled, placeholders, seenIn } from "../../src/explorer/placeholders";
import { encoded, pasted, request } from "../../src/explorer/request";
import { SAMPLES } from "../../src/explorer/samples";
import { claimsOf, send } from "../../src/explorer/send";
import { en } from "../../src/texts/en";
import { RULES } from "./world";

const ORIGIN = "https://id.contoso.com";

afterEach(() => vi.unstubAllGlobals());

test("addresses are encoded once", () => {
  expect(encoded("/users?$filter=displayName eq 'Jürgen'")).toBe("/users?$filter=displayName%20eq%20%27J%C3%BCrgen%27");
  expect(encoded("/users?$filter=a%20eq%20%27b%27")).toBe("/users?$filter=a%20eq%20%27b%27");
  expect(encoded("users/a#b+c")).toBe("/users/a%23b%2Bc");
});

test("whole addresses of Graph lose what the Explorer adds itself, others stay", () => {
  expect(pasted(`${ORIGIN}/v1.0/users?$top=1`, ORIGIN)).toBe("/users?$top=1");
  expect(pasted("https://graph.microsoft.com/beta/me", ORIGIN)).toBe("/me");
  expect(pasted("https://evil.example/v1.0/me", ORIGIN)).toBe("https://evil.example/v1.0/me");
});

test("a token goes to this server whatever is written as the address", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(null, { status: 404 });
  });
  for (const url of ["https://evil.example/v1.0/me", "//evil.example/me", "@evil.example/", "/../x", ".evil.example"]) {
    await send(ORIGIN, request("GET", url), "token");
  }
  for (const url of asked) expect(new URL(url).origin).toBe(ORIGIN);
});

test("what is reserved is not sent, and JSON says that it is", async () => {
  let sent = new Headers();
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    sent = init.headers as Headers;
    return new Response('{"id":"1"}', { status: 201, headers: { "request-id": "r" } });
  });
  const one = request("POST", "/users", {}, [
    { name: "Authorization", value: "Bearer mine" },
    { name: "Prefer", value: "x" },
  ]);
  const answer = await send(ORIGIN, one, "token");
  expect([sent.get("authorization"), sent.get("prefer"), sent.get("content-type")]).toEqual([
    "Bearer token",
    "x",
    "application/json",
  ]);
  expect([answer.status, answer.value, answer.bytes]).toEqual([201, { id: "1" }, 10]);
  expect(answer.headers).toContainEqual(["request-id", "r"]);
});

test("a challenge is read, and a server that is gone is an answer too", async () => {
  vi.stubGlobal("fetch", async () => {
    const challenge = `Bearer error="insufficient_claims", claims="${btoa('{"access_token":{}}')}"`;
    return new Response("{}", { status: 401, headers: { "WWW-Authenticate": challenge } });
  });
  expect(claimsOf(await send(ORIGIN, request("GET", "/me"), null))).toBe('{"access_token":{}}');
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("gone");
  });
  expect((await send(ORIGIN, request("GET", "/me"), null)).status).toBe(0);
});

test("what leads somewhere is a link, and only to this server", () => {
  const lead = (member: string, value: string, depth: number) =>
    leadsTo(RULES, ORIGIN, "/identityProtection/riskyUsers?$top=1", member, value, depth);
  const id = "0b1c2d3e-0000-4000-8000-000000000001";
  const json = JSON.stringify(
    { "@odata.nextLink": `${ORIGIN}/v1.0/users?$skiptoken=x`, value: [{ id, userId: id, note: id }] },
    null,
    2,
  );
  const pieces = tokens(json, lead);
  expect(pieces.map((piece) => piece.text).join("")).toBe(json);
  expect(pieces.flatMap(({ to }) => (to ? [to] : []))).toEqual([
    "/users?$skiptoken=x",
    `/identityProtection/riskyUsers/${id}`,
    `/users/${id}`,
  ]);
  expect(lead("id", id, 1), "of what was made in a collection").toBe(`/identityProtection/riskyUsers/${id}`);
  expect(leadsTo(RULES, ORIGIN, `/users/${id}`, "id", id, 1), "of the object itself").toBeNull();
  expect(lead("@odata.nextLink", "https://evil.example/v1.0/users", 1)).toBeNull();
  expect(lead("@odata.nextLink", `${ORIGIN}.evil.example/v1.0/users`, 1)).toBeNull();
});

test("an answer fills in the next sample", () => {
  const dismiss = SAMPLES.find((sample) => sample.name === "dismiss")?.request ?? request("GET", "/");
  expect(placeholders(dismiss)).toEqual(["{user-id}"]);
  const asked = request("GET", "/identityProtection/riskDetections");
  const seen = seenIn(asked, { value: [{ id: "d", userId: "u" }] }, {});
  expect(JSON.parse(filled(dismiss, seen).body)).toEqual({ userIds: ["u"] });
  const created = seenIn(request("POST", "/identity/conditionalAccess/policies"), { id: "p" }, seen);
  expect(created).toEqual({ "{user-id}": "u", "{policy-id}": "p" });
  expect(seenIn(asked, "text", created)).toEqual(created);
});

test("every sample has a name and its own place", () => {
  const { groups, names } = en.explorer.samples;
  expect(Object.keys(names).sort()).toEqual(SAMPLES.map((sample) => sample.name).sort());
  for (const sample of SAMPLES) expect(groups[sample.group]).toBeTruthy();
});
