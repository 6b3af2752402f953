import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Facts } from "../src/pages/start/facts";
import { StartPage } from "../src/pages/start/page";
import { passwordOf } from "../src/pages/start/password";
import { command, current, randomPassword, removals } from "../src/pages/start/steps";
import { type Answer, type Asked, answering, show } from "./world";

const USER = { id: "u-1", displayName: "First run", userPrincipalName: "first-run@contoso.com" };
const NOTHING: Facts = { user: null, detections: [], hasAuthenticator: false, policies: [], riskState: null };

afterEach(() => window.localStorage.clear());

/** A server on which the first run got this far. */
function server(facts: Facts) {
  return answering(({ method, path }: Asked): Answer => {
    if (path.startsWith("/me")) return { body: { id: "a", userPrincipalName: "admin@contoso.com" } };
    if (method === "POST" && path === "/users") {
      facts.user = USER;
      return { status: 201, body: USER };
    }
    if (method === "PATCH") return { status: 204 };
    if (method === "DELETE") {
      facts.user = null;
      return { status: 204 };
    }
    if (path.startsWith("/users/first-run")) return facts.user ? { body: facts.user } : { status: 404, body: {} };
    if (path.includes("softwareOathMethods")) return { body: { value: facts.hasAuthenticator ? [{ id: "1" }] : [] } };
    if (path.includes("riskDetections")) return { body: { value: facts.detections } };
    if (path.includes("riskyUsers")) {
      return facts.riskState ? { body: { id: "u-1", riskState: facts.riskState } } : { status: 404, body: {} };
    }
    if (path.includes("/policies")) return { body: { value: facts.policies } };
    return { status: 500, body: {} };
  });
}

test("the present step is the first that is not done, whoever did the others", () => {
  const detected = { id: "d", detectedDateTime: "2026-11-25T12:00:00Z" };
  const with_ = (changes: Partial<Facts>) => current({ ...NOTHING, user: USER, ...changes });
  expect(current(NOTHING)).toBe("user");
  expect(with_({})).toBe("tor");
  expect(with_({ detections: [detected] })).toBe("authenticator");
  expect(with_({ detections: [detected], hasAuthenticator: true })).toBe("policy");
  const policies = [{ id: "p", state: "enabled" as const }];
  expect(with_({ detections: [detected], hasAuthenticator: true, policies })).toBe("mfa");
  const passed = { ...detected, riskDetail: "userPassedMFADrivenByRiskBasedPolicy" as const };
  const all = { detections: [passed], hasAuthenticator: true, policies };
  expect(with_(all)).toBe("dismiss");
  expect(with_({ ...all, riskState: "dismissed" })).toBeNull();
});

test("what was made is removed for good, the policy before the user", () => {
  const policies = [{ id: "p" }];
  expect(removals({ ...NOTHING, user: USER, policies }).map(({ method, url }) => `${method} ${url}`)).toEqual([
    "DELETE /identity/conditionalAccess/policies/p",
    "DELETE /identity/conditionalAccess/deletedItems/policies/p",
    "DELETE /users/u-1",
    "DELETE /directory/deletedItems/u-1",
  ]);
});

test("commands are the documented ones, with a password no shell reads", () => {
  const password = randomPassword();
  expect(password).toMatch(/^[A-Za-z0-9-]{24}$/);
  expect(command("mfa", "https://localhost:8443", "a@contoso.com", password)).toBe(
    `echo '${password}' | riskgate simulate signin --user a@contoso.com --password-stdin --from tor --authenticator first-run.secret --base-url https://localhost:8443`,
  );
});

test("a button makes the user, the page sees it and shows the command", async () => {
  const asked = server({ ...NOTHING });
  show(<StartPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Create the user" }));
  await screen.findByText(/simulate signin --user first-run@contoso.com .*--from tor/);
  const made = asked.find(({ method }) => method === "POST");
  expect(made?.body.passwordProfile.password).toBe(passwordOf("u-1"));
  await screen.findByText(/^Done: Create a test user/);
  expect(screen.getAllByRole("listitem").filter((item) => item.getAttribute("aria-current") === "step")).toHaveLength(
    1,
  );
});

test("where the password is not known another one can be set", async () => {
  const asked = server({ ...NOTHING, user: USER });
  show(<StartPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Set a new one" }));
  await screen.findByText(/--from tor/);
  expect(asked.some(({ method, path }) => method === "PATCH" && path === "/users/u-1")).toBe(true);
});

test("everything is removed with one button, and the password with it", async () => {
  const asked = server({ ...NOTHING, user: USER });
  window.localStorage.setItem("riskgate.start", JSON.stringify({ userId: "u-1", password: "x" }));
  show(<StartPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Remove user and policy" }));
  await screen.findByRole("button", { name: "Create the user" });
  expect(asked.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual([
    "/users/u-1",
    "/directory/deletedItems/u-1",
  ]);
  await waitFor(() => expect(window.localStorage).toHaveLength(0));
});
