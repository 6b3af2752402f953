import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { expiryOf } from "../src/pages/application/expiry";
import { ApplicationPage } from "../src/pages/application/page";
import { freeId } from "../src/pages/authentication-context/identifiers";
import { AuthenticationContextPage, NewAuthenticationContextPage } from "../src/pages/authentication-context/page";
import { AuthenticationStrengthPage } from "../src/pages/authentication-strength/page";
import { ConsentPage } from "../src/pages/consent/page";
import { GroupPage } from "../src/pages/group/page";
import { namedIn } from "../src/parts/naming-policies";
import { combination } from "../src/texts/format";
import { type Answer, type Asked, answering, show } from "./world";

const POLICIES = [
  { id: "p1", displayName: "For the night", state: "enabled", conditions: { users: { includeGroups: ["g"] } } },
  {
    id: "p2",
    displayName: "Not for the night",
    state: "disabled",
    conditions: {
      users: { includeGroups: ["g"], excludeGroups: ["G"] },
      applications: { includeApplications: ["app"] },
    },
    grantControls: { authenticationStrength: { id: "s" } },
  },
];

beforeEach(() => window.history.replaceState(null, "", "/admin/"));

/** A server with these policies that answers everything else as it is told. */
function server(answer: (asked: Asked) => Answer | undefined): Asked[] {
  return answering((asked) => {
    const said = answer(asked);
    if (said) return said;
    if (asked.path.startsWith("/identity/conditionalAccess/policies")) return { body: { value: POLICIES } };
    return { body: { value: [] } };
  });
}

test("an exclusion weighs more than an inclusion, whatever the case of identifiers", () => {
  expect(namedIn("g", [["G"]])).toBe("included");
  expect(namedIn("g", [["g"]], [["G"]])).toBe("excluded");
  expect(namedIn("g", [undefined, null, ["other"]], [undefined])).toBeNull();
});

test("combinations are said in words, a method that is not known spelled out", () => {
  expect(combination("password,softwareOath")).toBe("Password + Authenticator app (code)");
  expect(combination("somethingNew")).toBe("Something new");
});

test("a credential ends soon within thirty days", () => {
  const now = new Date("2026-11-25T00:00:00Z");
  expect(expiryOf(null, now)).toBe("valid");
  expect(expiryOf("2026-11-25T00:00:00Z", now)).toBe("expired");
  expect(expiryOf("2026-12-24T00:00:00Z", now)).toBe("soon");
  expect(expiryOf("2027-01-24T00:00:00Z", now)).toBe("valid");
});

test("a context gets the first identifier that is free", () => {
  expect(freeId([])).toBe("c1");
  expect(freeId(["C1", "c3"])).toBe("c2");
});

test("a group shows who is in it and how policies name it", async () => {
  server(({ path }) => {
    if (path === "/groups/g") return { body: { id: "g", displayName: "Night watch", securityEnabled: true } };
    if (path.startsWith("/groups/g/members")) {
      return { body: { value: [{ "@odata.type": "#microsoft.graph.user", id: "u", displayName: "Anna" }] } };
    }
    return undefined;
  });
  show(<GroupPage id="g" />);
  expect((await screen.findByRole("link", { name: "Anna" })).getAttribute("href")).toBe("/admin/users/u");
  const naming = within(screen.getByRole("region", { name: "Policies that name it" }));
  expect((await naming.findByRole("link", { name: "For the night" })).closest("li")?.textContent).toContain("applies");
  expect(naming.getByRole("link", { name: "Not for the night" }).closest("li")?.textContent).toContain("leaves it out");
});

test("an own strength is saved by the two requests Graph has for it, and says what demands it", async () => {
  const strength = {
    id: "s",
    displayName: "Codes",
    description: "",
    policyType: "custom",
    allowedCombinations: ["password,softwareOath"],
  };
  const asked = server(({ method, path }) => {
    if (method !== "GET") return { status: 200, body: {} };
    if (path.endsWith("/s")) return { body: strength };
    if (path.endsWith("/authenticationStrength")) {
      return { body: { combinations: ["fido2", "password,softwareOath", "unknownFutureValue"] } };
    }
    return undefined;
  });
  show(<AuthenticationStrengthPage id="s" />);
  fireEvent.click(await screen.findByRole("checkbox", { name: "Passkey (FIDO2)" }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(2);
  expect(await screen.findByRole("link", { name: "Not for the night" })).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.").catch(() => undefined);
  const changes = asked.filter(({ method }) => method !== "GET");
  expect(changes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /policies/authenticationStrengthPolicies/s/updateAllowedCombinations",
  ]);
  expect(changes[0]?.body.allowedCombinations).toEqual(["fido2", "password,softwareOath"]);
});

test("a built-in strength can be read and not changed", async () => {
  server(({ path }) =>
    path.endsWith("/s")
      ? { body: { id: "s", displayName: "Passwordless", policyType: "builtIn", allowedCombinations: ["fido2"] } }
      : undefined,
  );
  show(<AuthenticationStrengthPage id="s" />);
  expect(await screen.findByText("Passkey (FIDO2)")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
});

test("what the server refuses of a context is said beside it", async () => {
  server(({ method, path }) => {
    if (method === "DELETE")
      return { status: 400, body: { error: { code: "BadRequest", message: "It is published." } } };
    return path.endsWith("/c1") ? { body: { id: "c1", displayName: "Payments", isAvailable: true } } : undefined;
  });
  show(<AuthenticationContextPage id="c1" />);
  fireEvent.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  fireEvent.click(dialog.getByRole("button", { name: "Delete" }));
  expect(await dialog.findByText(/^It is published\.|It is published\.$/)).toBeDefined();
});

test("a new context is made under the first free identifier", async () => {
  const asked = server(({ method, path }) => {
    if (method === "POST") return { status: 201, body: { id: "c2" } };
    return path.endsWith("ClassReferences") ? { body: { value: [{ id: "c1" }] } } : undefined;
  });
  show(<NewAuthenticationContextPage />);
  fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "Payments" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Saved.").catch(() => undefined);
  const body = asked.find(({ method }) => method === "POST")?.body;
  expect(body).toEqual({ id: "c2", displayName: "Payments", description: "", isAvailable: true });
  expect(window.location.pathname).toBe("/admin/authentication-contexts/c2");
});

test("consent is listed by names and taken back after what will happen was said", async () => {
  const asked = server(({ method, path, body }) => {
    if (path.startsWith("/servicePrincipals")) return { body: { value: [{ id: "c", displayName: "Mail" }] } };
    if (method === "GET" && path.startsWith("/oauth2PermissionGrants")) {
      const grant = {
        id: "k",
        clientId: "c",
        consentType: "AllPrincipals",
        resourceId: "r",
        scope: "User.Read openid",
      };
      return { body: { value: [grant] } };
    }
    if (path === "/$batch")
      return { body: { responses: body.requests.map(({ id }: { id: string }) => ({ id, status: 204 })) } };
    return undefined;
  });
  show(<ConsentPage />);
  expect((await screen.findByRole("link", { name: "Mail" })).getAttribute("href")).toBe("/admin/service-principals/c");
  expect(screen.getByText("User.Read, openid")).toBeDefined();
  fireEvent.click(screen.getByRole("checkbox", { name: /^Select Mail/ }));
  fireEvent.click(screen.getByRole("button", { name: "Revoke" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/ask for consent again/)).toBeDefined();
  fireEvent.click(dialog.getByRole("button", { name: "Revoke" }));
  await dialog.findByText("Done for all 1.");
  const [request] = asked.find(({ path }) => path === "/$batch")?.body.requests ?? [];
  expect([request.method, request.url]).toEqual(["DELETE", "/oauth2PermissionGrants/k"]);
});

test("an application shows until when it can prove itself, and what names it", async () => {
  server(({ path }) => {
    const secret = { keyId: "1", displayName: "CI", hint: "abc", endDateTime: "2020-01-01T00:00:00Z" };
    if (path === "/applications/a") {
      return { body: { id: "a", appId: "app", displayName: "Mail", passwordCredentials: [secret], web: {} } };
    }
    if (path === "/servicePrincipals(appId='app')") return { body: { id: "c", accountEnabled: true } };
    return undefined;
  });
  show(<ApplicationPage id="a" />);
  const credentials = within(await screen.findByRole("region", { name: "Credentials" }));
  expect(credentials.getByText("Expired")).toBeDefined();
  expect(credentials.getByText("CI, abc…")).toBeDefined();
  expect(await screen.findByRole("link", { name: "Not for the night" })).toBeDefined();
  expect(screen.queryByRole("link", { name: "For the night" })).toBeNull();
});
