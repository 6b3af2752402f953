import { afterEach, expect, test, vi } from "vitest";
import { forget, readHistory, remember } from "../../src/explorer/history";
import { type GraphRequest, request, withoutSecrets } from "../../src/explorer/request";
import { linked, linkTo } from "../../src/explorer/share";

const AT = new Date("2026-11-25T12:00:00Z");

afterEach(() => {
  window.localStorage.clear();
  vi.restoreAllMocks();
});

const newUser: GraphRequest = request(
  "POST",
  "/users",
  { displayName: "Jürgen", passwordProfile: { password: "Geheim-1", forceChangePasswordNextSignIn: false } },
  [
    { name: "Authorization", value: "Bearer abc" },
    { name: "Prefer", value: "return=minimal" },
  ],
);

test("the newest is first, the same is there once, and there is a bound", () => {
  for (let index = 0; index < 60; index += 1) remember(request("GET", `/users/${index}`), 200, AT);
  expect(readHistory()).toHaveLength(50);
  expect(readHistory()[0]?.request.url).toBe("/users/59");
  remember(request("GET", "/users/30"), 404, AT);
  expect(readHistory()).toHaveLength(50);
  expect(readHistory()[0]).toMatchObject({ status: 404, request: { url: "/users/30" } });
  expect(forget()).toEqual([]);
  expect(readHistory()).toEqual([]);
  expect(window.localStorage).toHaveLength(0);
});

test("no secret is kept or shared", () => {
  remember(newUser, 201, AT);
  const link = linkTo("https://id.contoso.com", newUser);
  const shared = linked(link.slice(link.indexOf("#")));
  for (const text of [JSON.stringify(window.localStorage), JSON.stringify(shared)]) {
    expect(text).not.toMatch(/Geheim|Bearer/);
    expect(text).toContain("forceChangePasswordNextSignIn");
  }
  expect(shared).toEqual(withoutSecrets(newUser));
  expect(JSON.parse(shared?.body ?? "").displayName).toBe("Jürgen");
  expect(shared?.headers).toEqual([{ name: "Prefer", value: "return=minimal" }]);
});

test("a body that is no JSON is not kept if it speaks of secrets", () => {
  expect(withoutSecrets({ ...newUser, body: '{"password": "Geheim-1",' }).body).toBe("");
});

test("what somebody else wrote there is not taken", () => {
  for (const damaged of ["{", "7", '[{"request":{"method":"TRACE"}}]', "[null]"]) {
    window.localStorage.setItem("riskgate.explorer.history", damaged);
    expect(readHistory()).toEqual([]);
  }
  expect(linked("#request=AAAA")).toBeNull();
  expect(linked("#code=1")).toBeNull();
});

test("a browser that keeps nothing still works", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new Error("full");
  });
  expect(remember(request("GET", "/me"), 200, AT)).toHaveLength(1);
});
