import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { AuthenticationStrengthPolicy } from "../src/api/types";
import {
  impassableWithout,
  type MethodConfiguration,
  scopeOf,
  targetsOf,
} from "../src/pages/authentication-methods/configuration";
import { AuthenticationMethodsPage } from "../src/pages/authentication-methods/page";
import { Methods } from "../src/pages/user/methods";
import { de } from "../src/texts/de";
import { type Answer, type Asked, answering, show } from "./world";

const POLICY = "/policies/authenticationMethodsPolicy";
const everybody = { id: "all_users", targetType: "group" as const, authenticationMode: "any" };
const FIDO2: MethodConfiguration = {
  "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
  id: "Fido2",
  state: "enabled",
  includeTargets: [everybody],
  excludeTargets: [{ id: "g", targetType: "group" }],
};
const APPROVAL: MethodConfiguration = { id: "MicrosoftAuthenticator", state: "enabled", includeTargets: [everybody] };
const SMS: MethodConfiguration = { id: "Sms", state: "disabled", includeTargets: [], excludeTargets: [] };
const STRENGTHS = [
  { id: "1", displayName: "Phishing resistant", allowedCombinations: ["windowsHelloForBusiness", "fido2"] },
  { id: "2", displayName: "Passwordless", allowedCombinations: ["fido2", "password,microsoftAuthenticatorPush"] },
  { id: "3", displayName: "By text message", allowedCombinations: ["password,sms"] },
] as AuthenticationStrengthPolicy[];

beforeEach(() => window.history.replaceState(null, "", "/admin/"));

function server(answer: (asked: Asked) => Answer | undefined = () => undefined): Asked[] {
  return answering((asked) => {
    const said = answer(asked);
    if (said) return said;
    if (asked.method !== "GET") return { status: 204 };
    if (asked.path === POLICY) return { body: { authenticationMethodConfigurations: [FIDO2, APPROVAL, SMS] } };
    if (asked.path === "/policies/authenticationStrengthPolicies") return { body: { value: STRENGTHS } };
    if (asked.path.startsWith("/groups/g")) return { body: { id: "g", displayName: "Night watch" } };
    return { body: { value: [] } };
  });
}

const changes = (asked: Asked[]) => asked.filter(({ method }) => method !== "GET");

test("targets become a scope and the same targets again, with what they have besides", () => {
  const before: MethodConfiguration = {
    id: "MicrosoftAuthenticator",
    state: "enabled",
    includeTargets: [everybody],
    excludeTargets: [
      { id: "g", targetType: "group" },
      { id: "u", targetType: "user" },
    ],
  };
  const scope = scopeOf(before);
  expect(scope).toEqual({ isForAll: true, groups: [], people: [], groupsLeftOut: ["g"], peopleLeftOut: ["u"] });
  expect(targetsOf(scope, before)).toEqual({
    includeTargets: before.includeTargets,
    excludeTargets: before.excludeTargets,
  });
  expect(targetsOf({ ...scope, isForAll: false, groups: ["h"], people: ["v"] }, before).includeTargets).toEqual([
    { id: "h", targetType: "group" },
    { id: "v", targetType: "user" },
  ]);
});

test("a method that is for nobody is not made one for everybody by changing whom it leaves out", () => {
  const before: MethodConfiguration = { id: "Sms", state: "enabled", excludeTargets: [everybody] };
  expect(targetsOf({ ...scopeOf(before), groups: ["h"] }, before).excludeTargets).toEqual([everybody]);
});

test("a strength is lost when no combination is left, not when it was lost before", () => {
  const lost = (id: string) => impassableWithout(id, [FIDO2, APPROVAL, SMS], STRENGTHS).map((one) => one.id);
  expect(lost("Fido2")).toEqual(["1"]);
  expect(lost("MicrosoftAuthenticator")).toEqual([]);
  expect(lost("Sms")).toEqual([]);
});

test("each method is shown with its state, what it is and whom it is for", async () => {
  server();
  show(<AuthenticationMethodsPage />);
  expect(await screen.findByRole("heading", { level: 3, name: "Passkey (FIDO2)" })).toBeDefined();
  expect(screen.getByText(/it resists phishing/)).toBeDefined();
  expect(screen.getAllByText("Enabled")).toHaveLength(2);
  expect(screen.getAllByText("Disabled")).toHaveLength(1);
  expect(await screen.findByText("Night watch")).toBeDefined();
  expect(screen.getByText("Nobody")).toBeDefined();
});

test("before a method is switched off it is said what is lost with it, then its configuration is changed", async () => {
  const asked = server();
  show(<AuthenticationMethodsPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Disable: Passkey (FIDO2)" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/Sessions that began with it go on/)).toBeDefined();
  expect(await dialog.findByText(/can be passed any more: Phishing resistant\.$/)).toBeDefined();
  expect(changes(asked)).toEqual([]);
  fireEvent.click(dialog.getByRole("button", { name: "Disable" }));
  await expect.poll(() => screen.queryByRole("alertdialog")).toBeNull();
  expect(changes(asked).map(({ method, path, body }) => [method, path, body])).toEqual([
    [
      "PATCH",
      `${POLICY}/authenticationMethodConfigurations/Fido2`,
      { "@odata.type": FIDO2["@odata.type"], state: "disabled" },
    ],
  ]);
});

test("what the server refuses is shown as it says it, and the question stays", async () => {
  const message = "Nobody could complete multifactor authentication any more, administrators included.";
  server(({ method }) => (method === "PATCH" ? { status: 400, body: { error: { code: "1", message } } } : undefined));
  show(<AuthenticationMethodsPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Disable: Approval on a phone" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  fireEvent.click(dialog.getByRole("button", { name: "Disable" }));
  expect((await dialog.findByRole("alert")).textContent).toContain(message);
});

test("for whom a method is gets saved with the targets alone", async () => {
  const asked = server();
  show(<AuthenticationMethodsPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Change for whom: Text message" }));
  const save = screen.getByRole("button", { name: "Save" }) as HTMLButtonElement;
  expect(save.disabled).toBe(true);
  fireEvent.click(screen.getByRole("radio", { name: "Everybody" }));
  fireEvent.click(save);
  await screen.findByText("Saved.");
  expect(changes(asked)[0]?.body).toEqual({
    includeTargets: [{ id: "all_users", targetType: "group" }],
    excludeTargets: [],
  });
});

const METHODS = [
  { "@odata.type": "#microsoft.graph.passwordAuthenticationMethod", id: "p" },
  { "@odata.type": "#microsoft.graph.fido2AuthenticationMethod", id: "k", displayName: "Laptop" },
  { "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod", id: "m", displayName: "Pixel" },
  { "@odata.type": "#microsoft.graph.emailAuthenticationMethod", id: "e", emailAddress: "a@contoso.com" },
];

test.each([
  ["Passkey: Laptop", "fido2Methods/k"],
  ["Phone that approves: Pixel", "microsoftAuthenticatorMethods/m"],
  ["Mail address: a@contoso.com", "emailMethods/e"],
])("%s is removed from its own collection, and it is said that it was", async (name, path) => {
  const asked = server((one) => (one.path.endsWith("/methods") ? { body: { value: METHODS } } : undefined));
  show(<Methods user="/users/u" />);
  fireEvent.click(await screen.findByRole("button", { name: `Remove ${name}` }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getAllByRole("listitem").length).toBeGreaterThan(0);
  expect(changes(asked)).toEqual([]);
  fireEvent.click(dialog.getByRole("button", { name: "Remove" }));
  expect(await screen.findByText(`“${name}” was removed.`)).toBeDefined();
  expect(changes(asked).map((one) => `${one.method} ${one.path}`)).toEqual([`DELETE /users/u/authentication/${path}`]);
});

test("a password is not removed", async () => {
  server((one) => (one.path.endsWith("/methods") ? { body: { value: METHODS } } : undefined));
  show(<Methods user="/users/u" />);
  expect(await screen.findByText("Password")).toBeDefined();
  expect(screen.getAllByRole("button")).toHaveLength(3);
});

test("the German texts name the same methods as the English ones", async () => {
  const { en } = await import("../src/texts/en");
  expect(Object.keys(de.methodsPolicy.methods)).toEqual(Object.keys(en.methodsPolicy.methods));
  expect(Object.keys(de.userMethods.kinds)).toEqual(Object.keys(en.userMethods.kinds));
});
