import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { DataList } from "../src/list/data-list";
import { riskyUsers } from "../src/lists/risky-users";
import { RiskyUsersPage } from "../src/pages/risky-users/page";
import { type Asked, answering, ROOT, show } from "./world";

const anna = { id: "1", userDisplayName: "Anna", riskLevel: "high", riskState: "atRisk", riskDetail: "none" };
const bert = { id: "2", userDisplayName: "Bert", riskLevel: "low", riskState: "atRisk", riskDetail: "somethingNew" };
const last = (asked: Asked[]) => asked.at(-1)?.path ?? "";

test("rows are shown in words, and a word the console does not know is spelled out", async () => {
  answering(() => ({ body: { value: [anna, bert] } }));
  show(<DataList definition={riskyUsers} />);
  const link = await screen.findByRole("link", { name: "Anna" });
  expect(link.getAttribute("href")).toBe("/admin/users/1");
  expect(screen.getByText("High")).toBeDefined();
  expect(screen.getByText("Something new")).toBeDefined();
  expect(screen.getByText("2 rows on this page")).toBeDefined();
});

test("sorting, filtering and paging are asked of the server", async () => {
  const asked = answering(({ path }) =>
    path.includes("skiptoken")
      ? { body: { value: [bert] } }
      : { body: { value: [anna], "@odata.nextLink": `${ROOT}/x?$skiptoken=more` } },
  );
  show(<DataList definition={riskyUsers} />);
  await screen.findByRole("link", { name: "Anna" });
  fireEvent.click(screen.getByRole("button", { name: "Next page" }));
  await screen.findByRole("link", { name: "Bert" });
  expect(last(asked)).toMatch(/\$skiptoken=more$/);
  fireEvent.click(screen.getByRole("button", { name: "Previous page" }));
  await screen.findByRole("link", { name: "Anna" });
  fireEvent.click(screen.getByRole("button", { name: "User" }));
  await waitFor(() => expect(last(asked)).toContain("$orderby=userDisplayName asc"));
  fireEvent.click(screen.getByRole("button", { name: "User" }));
  await waitFor(() => expect(last(asked)).toContain("$orderby=userDisplayName desc"));
  expect(window.location.search).toBe("?sort=user%3Adesc");
});

test("nothing at all and nothing that matches are different things", async () => {
  answering(() => ({ body: { value: [] } }));
  const { unmount } = show(<DataList definition={riskyUsers} />);
  await screen.findByText("No user is or was at risk");
  unmount();
  window.history.replaceState({}, "", "/admin/risky-users?level=high");
  show(<DataList definition={riskyUsers} />);
  await screen.findByText("Nothing matches the filters");
});

test("a failure says why and can be tried again", async () => {
  let isUp = false;
  answering(() =>
    isUp
      ? { body: { value: [anna] } }
      : {
          status: 403,
          headers: { "request-id": "r-9" },
          body: {
            error: { code: "Forbidden", message: "No. One of the following roles is required: Security Reader." },
          },
        },
  );
  show(<DataList definition={riskyUsers} />);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain(
    "no directory role that allows this. One of the following roles is required: Security Reader.",
  );
  expect(alert.textContent).toContain("r-9");
  isUp = true;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("link", { name: "Anna" });
});

test("an action says first what will happen, then what became of each", async () => {
  const asked = answering(({ method, body }) => {
    if (method === "GET") return { body: { value: [anna, bert] } };
    const responses = body.requests.map((request: { id: string; body: { userIds: string[] } }) =>
      request.body.userIds[0] === "2"
        ? { id: request.id, status: 404, body: { error: { code: "ResourceNotFound", message: "x" } } }
        : { id: request.id, status: 204 },
    );
    return { body: { responses } };
  });
  show(<RiskyUsersPage />);
  const dismiss = await screen.findByRole("button", { name: "Dismiss risk" });
  expect(dismiss).toHaveProperty("disabled", true);
  fireEvent.click(await screen.findByRole("checkbox", { name: "Select all on this page" }));
  fireEvent.click(dismiss);
  await screen.findByText("Dismiss the risk of 2 users?");
  expect(asked.every((one) => one.method === "GET")).toBe(true);
  const [, confirm] = screen.getAllByRole("button", { name: "Dismiss risk", hidden: true });
  fireEvent.click(confirm as HTMLElement);
  await screen.findByText("Done for 1, failed for 1.");
  expect(screen.getByText(/Failed: It does not exist/)).toBeDefined();
  const batch = asked.find((one) => one.path === "/$batch");
  expect(batch?.body.requests.map((one: { url: string; body: unknown }) => [one.url, one.body])).toEqual([
    ["/identityProtection/riskyUsers/dismiss", { userIds: ["1"] }],
    ["/identityProtection/riskyUsers/dismiss", { userIds: ["2"] }],
  ]);
  fireEvent.click(screen.getByRole("button", { name: "Close", hidden: true }));
  await waitFor(() => expect(asked.filter((one) => one.method === "GET")).toHaveLength(2));
});
