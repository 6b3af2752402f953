// What administrators can do to many at once: each action is one request of Graph for each.
import type { BatchRequest } from "../api/graph";
import { text } from "../texts";

export interface Action {
  id: string;
  words: () => { name: string; question: (count: number) => string; effects: string[] };
  request: (id: string) => BatchRequest;
}

const post = (url: string, body: object): BatchRequest => ({ method: "POST", url, body });
const user = (id: string) => `/users/${encodeURIComponent(id)}`;

function ofUser(name: "dismiss" | "confirmCompromised" | "confirmSafe"): Action {
  return {
    id: name,
    words: () => text.actions.users[name],
    request: (id) => post(`/identityProtection/riskyUsers/${name}`, { userIds: [id] }),
  };
}

function ofSignIn(name: "dismiss" | "confirmCompromised" | "confirmSafe"): Action {
  return {
    id: name,
    words: () => text.actions.signIns[name],
    request: (id) => post(`/auditLogs/signIns/${name}`, { requestIds: [id] }),
  };
}

function ofServicePrincipal(name: "dismiss" | "confirmCompromised"): Action {
  return {
    id: name,
    words: () => text.actions.servicePrincipals[name],
    request: (id) => post(`/identityProtection/riskyServicePrincipals/${name}`, { servicePrincipalIds: [id] }),
  };
}

function switchAccount(name: "disable" | "enable"): Action {
  return {
    id: name,
    words: () => text.actions.users[name],
    request: (id) => ({ method: "PATCH", url: user(id), body: { accountEnabled: name === "enable" } }),
  };
}

const ABOUT_USERS: Action[] = [
  ofUser("dismiss"),
  ofUser("confirmCompromised"),
  ofUser("confirmSafe"),
  {
    id: "revoke",
    words: () => text.actions.users.revoke,
    request: (id) => post(`${user(id)}/revokeSignInSessions`, {}),
  },
];

export const ACTIONS = {
  /** Of accounts, whatever their risk. */
  accounts: [...ABOUT_USERS.filter(({ id }) => id === "revoke"), switchAccount("disable"), switchAccount("enable")],
  users: [...ABOUT_USERS, switchAccount("disable")],
  /** Whose account is disabled already. */
  disabledUsers: [...ABOUT_USERS, switchAccount("enable")],
  signIns: [ofSignIn("dismiss"), ofSignIn("confirmCompromised"), ofSignIn("confirmSafe")],
  grants: [
    {
      id: "revoke",
      words: () => text.actions.grants.revoke,
      request: (id) => ({ method: "DELETE", url: `/oauth2PermissionGrants/${encodeURIComponent(id)}` }),
    } satisfies Action,
  ],
  servicePrincipals: [ofServicePrincipal("dismiss"), ofServicePrincipal("confirmCompromised")],
};
