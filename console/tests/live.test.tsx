import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { eventsIn, Live, type ServerEvent } from "../src/api/live";
import { LiveProvider } from "../src/api/live-context";
import { DataList } from "../src/list/data-list";
import { merged } from "../src/list/live-rows";
import { signIns } from "../src/lists/sign-ins";
import { show } from "./world";

afterEach(() => vi.unstubAllGlobals());

/** A stream whose pieces come when the test says so. */
function piped() {
  let push: (text: string) => void = () => undefined;
  let end: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      push = (text) => controller.enqueue(new TextEncoder().encode(text));
      end = () => controller.close();
    },
  });
  return { body, push: (text: string) => push(text), end: () => end() };
}

test("events are read however the stream is cut, and comments are none", async () => {
  const { body, push, end } = piped();
  for (const piece of [
    "retry: 3000\nevent: re",
    'ady\ndata: {}\n\n:\n\nevent: changed\ndata: {"sets":["a"]}\n',
    "\nevent: x\n\n",
  ])
    push(piece);
  end();
  const seen: ServerEvent[] = [];
  for await (const event of eventsIn(body)) seen.push(event);
  expect(seen).toEqual([
    { name: "ready", data: {} },
    { name: "changed", data: { sets: ["a"] } },
  ]);
});

test("what changed about rows that are shown is taken over, and others are counted", () => {
  const shown = {
    rows: [
      { id: "a", v: 1 },
      { id: "b", v: 1 },
    ],
    next: "n",
  };
  const fresh = {
    rows: [
      { id: "c", v: 1 },
      { id: "a", v: 2 },
    ],
    next: "m",
  };
  expect(merged(shown, fresh)).toEqual({
    shown: {
      rows: [
        { id: "a", v: 2 },
        { id: "b", v: 1 },
      ],
      next: "n",
    },
    count: 1,
  });
});

const row = (id: string) => ({
  id,
  userDisplayName: `User ${id}`,
  createdDateTime: "2026-11-25T10:00:00Z",
  userId: id,
});

/** A list of sign-ins on a server that says when they change. */
function listed() {
  let rows = [row("1")];
  const stream = piped();
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    if (url.endsWith("/riskgate/events")) return new Response(stream.body);
    return new Response(JSON.stringify({ value: rows }));
  });
  const live = new Live(async () => "token", "https://id.contoso.com/v1.0/riskgate/events", "p");
  const stop = live.start();
  show(
    <LiveProvider value={live}>
      <DataList definition={signIns} actions={() => <span />} />
    </LiveProvider>,
  );
  const happen = (next: typeof rows) => {
    rows = next;
    stream.push('event: changed\ndata: {"sets":["auditLogs/signIns"]}\n\n');
  };
  return { happen, stop, asked };
}

test("a new row comes by itself to somebody at the top", async () => {
  const { happen, stop, asked } = listed();
  await screen.findByText("User 1");
  const before = asked.length;
  happen([row("2"), row("1")]);
  await screen.findByText("User 2", {}, { timeout: 5_000 });
  expect(asked.length).toBe(before + 1);
  stop();
});

test("nothing moves for somebody who reads: he is told how many are new, and takes them when he wants", async () => {
  const { happen, stop } = listed();
  await screen.findByText("User 1");
  act(() => fireEvent.click(screen.getByRole("checkbox", { name: /^Select User 1/ })));
  happen([row("3"), row("2"), { ...row("1"), userDisplayName: "User one" }]);
  const button = await screen.findByRole("button", { name: "2 new" }, { timeout: 5_000 });
  expect(screen.queryByText("User 2")).toBeNull();
  expect(screen.getByText("User one")).toBeTruthy();
  vi.stubGlobal("scrollTo", () => undefined);
  fireEvent.click(button);
  await waitFor(() => expect(screen.getByText("User 3")).toBeTruthy());
  expect(screen.queryByRole("button", { name: "2 new" })).toBeNull();
  stop();
});
