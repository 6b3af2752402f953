// Signing in to the Explorer: when the person wants to, and with more permissions as they are consented to.
import { type AccountInfo, CacheLookupPolicy, type PublicClientApplication } from "@azure/msal-browser";
import { EXPLORER_CLIENT_ID, EXPLORER_SCOPES } from "../api/types";
import { accountOf, needsPerson, openClient } from "./client";

/** Everything that was consented to. */
const ALL = ["https://graph.microsoft.com/.default"];
const OPENID = ["openid", "profile", "email", "offline_access"];

export interface ExplorerSession {
  name: string;
  userPrincipalName: string;
  tenantId: string;
  /** An access token with all permissions that were consented to; `null` if the person has to sign in again. */
  token: () => Promise<{ accessToken: string; permissions: string[] } | null>;
  /** Leaves the page to ask for consent to more permissions. */
  consent: (permissions: string[]) => Promise<void>;
  /** Leaves the page to prove more; with the claims of a challenge, what that asks for. */
  again: (claims?: string) => Promise<void>;
  signOut: () => Promise<void>;
}

export interface Beginning {
  session: ExplorerSession | null;
  /** What the sign-in pages answered if the person was refused. */
  refusal: string | null;
  /** Leaves the page to sign in. */
  signIn: () => Promise<void>;
}

export async function beginExplorer(): Promise<Beginning> {
  const app = await openClient(EXPLORER_CLIENT_ID, "/explorer/");
  const signIn = () => app.loginRedirect({ scopes: EXPLORER_SCOPES });
  try {
    const returned = await app.handleRedirectPromise();
    const account = accountOf(app, returned);
    return { session: account ? await sessionOf(app, account, returned !== null) : null, refusal: null, signIn };
  } catch (error) {
    const account = accountOf(app, null);
    const refusal = error instanceof Error ? error.message : String(error);
    return { session: account ? await sessionOf(app, account, false) : null, refusal, signIn };
  }
}

/** The session; `null` if the account is only known to another page of this tab. */
async function sessionOf(
  app: PublicClientApplication,
  account: AccountInfo,
  isFresh: boolean,
): Promise<ExplorerSession | null> {
  // What was just consented to is in no token that is kept.
  let isStale = isFresh;
  const token = async () => {
    const cacheLookupPolicy = isStale ? CacheLookupPolicy.RefreshToken : CacheLookupPolicy.AccessTokenAndRefreshToken;
    try {
      const { accessToken, scopes } = await app.acquireTokenSilent({ scopes: ALL, account, cacheLookupPolicy });
      isStale = false;
      return { accessToken, permissions: permissionsOf(scopes) };
    } catch (error) {
      if (needsPerson(error)) return null;
      throw error;
    }
  };
  if ((await token()) === null) return null;
  return {
    name: account.name ?? account.username,
    userPrincipalName: account.username,
    tenantId: account.tenantId,
    token,
    consent: (permissions) => app.acquireTokenRedirect({ scopes: permissions, account }),
    again: (claims) => app.acquireTokenRedirect({ scopes: EXPLORER_SCOPES, account, ...(claims ? { claims } : {}) }),
    signOut: () => app.logoutRedirect({ account, postLogoutRedirectUri: null }),
  };
}

function permissionsOf(scopes: string[]): string[] {
  const names = scopes.map((scope) => scope.replace(/^https:\/\/[^/]+\//, ""));
  return names.filter((name) => name !== ".default" && !OPENID.includes(name)).sort();
}
