import { expect, test, vi } from "vitest";
import { GraphFailure } from "../src/api/graph";
import { answering, graph, ROOT } from "./world";

test("a token goes to our own Graph and nowhere else", async () => {
  const asked = answering(() => ({ body: { value: [] } }));
  await graph().get("/users");
  await graph().get(`${ROOT}/users?$skiptoken=x`);
  for (const foreign of [
    "https://evil.example/v1.0/users",
    `${ROOT}.evil.example/users`,
    "http://id.contoso.com/v1.0/x",
  ]) {
    await expect(graph().get(foreign)).rejects.toMatchObject({ code: "foreignLink" });
  }
  expect(asked).toHaveLength(2);
  expect(asked[0]?.headers).toMatchObject({ Authorization: "Bearer token", Prefer: "include-unknown-enum-members" });
});

test("what Graph refuses comes in its own words", async () => {
  answering(() => ({
    status: 404,
    headers: { "request-id": "r-1" },
    body: { error: { code: "ResourceNotFound", message: "It is not there." } },
  }));
  const failure = await graph()
    .get("/users/1")
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GraphFailure);
  expect(failure).toMatchObject({
    status: 404,
    code: "ResourceNotFound",
    message: "It is not there.",
    requestId: "r-1",
  });
});

test("an answer that is no JSON is a failure with its status", async () => {
  vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
  await expect(graph().get("/users")).rejects.toMatchObject({ status: 502, code: "unknown" });
});

test("no answer is a failure of its own", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("failed to fetch");
  });
  await expect(graph().get("/users")).rejects.toMatchObject({ status: 0, code: "noAnswer" });
});

test("a challenge is answered once with a token that fits its claims", async () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  const header = `Bearer realm="", claims="${btoa(claims)}", error="insufficient_claims"`;
  const token = vi.fn(async (given?: string) => (given ? "better" : "old"));
  const asked = answering(({ headers }) =>
    headers.Authorization === "Bearer better"
      ? { body: { id: "1" } }
      : { status: 401, headers: { "WWW-Authenticate": header }, body: {} },
  );
  await expect(graph(token).get("/me")).resolves.toEqual({ id: "1" });
  expect(token.mock.calls).toEqual([[undefined], [claims]]);
  expect(asked).toHaveLength(2);
});

test("a challenge that is never satisfied ends", async () => {
  const header = `Bearer claims="${btoa("{}")}"`;
  const asked = answering(() => ({ status: 401, headers: { "WWW-Authenticate": header }, body: {} }));
  await expect(graph().get("/me")).rejects.toMatchObject({ status: 401 });
  expect(asked).toHaveLength(3);
});

test("a throttled request waits as long as it is told and is sent again", async () => {
  vi.useFakeTimers();
  let times = 0;
  answering(() => {
    times += 1;
    return times === 1 ? { status: 429, headers: { "Retry-After": "7" }, body: {} } : { body: { id: "1" } };
  });
  const outcome = graph().get("/me");
  await vi.advanceTimersByTimeAsync(6_900);
  expect(times).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  await expect(outcome).resolves.toEqual({ id: "1" });
  vi.useRealTimers();
});

test("a batch goes in parts of twenty and has a result for each request", async () => {
  const asked = answering(({ body }) => ({
    body: {
      responses: body.requests
        .map((request: { id: string; body: { n: number } }) =>
          request.body.n === 21
            ? { id: request.id, status: 404, body: { error: { code: "ResourceNotFound", message: "gone" } } }
            : { id: request.id, status: 204 },
        )
        .reverse(),
    },
  }));
  const requests = Array.from({ length: 23 }, (_, n) => ({ method: "POST" as const, url: "/x", body: { n } }));
  const reports: number[] = [];
  const results = await graph().batch(requests, (done) => reports.push(done));
  expect(asked.map((one) => one.body.requests.length)).toEqual([20, 3]);
  expect(results.map((result) => result?.code ?? null)).toEqual([...Array(21).fill(null), "ResourceNotFound", null]);
  expect(reports).toEqual([20, 23]);
});

test("a part of a batch that fails as a whole fails for each of its requests", async () => {
  answering(() => ({ status: 500, body: { error: { code: "generalException", message: "no" } } }));
  const results = await graph().batch([
    { method: "POST", url: "/x" },
    { method: "POST", url: "/y" },
  ]);
  expect(results.map((result) => result?.code)).toEqual(["generalException", "generalException"]);
});
