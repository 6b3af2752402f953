// Signing in to the console.
import { type AccountInfo, CacheLookupPolicy, type PublicClientApplication } from "@azure/msal-browser";
import { CLIENT_ID, SCOPES } from "../api/types";
import { accountOf, needsPerson, openClient } from "./client";

/** Who is signed in, and what can be done about it. */
export interface Session {
  name: string;
  userPrincipalName: string;
  /** An access token for Graph. Leaves the page to ask the person if that is needed. */
  token: (claims?: string) => Promise<string>;
  signOut: () => Promise<void>;
}

/**
 * The session of this tab; `null` when the page is being left for the sign-in pages.
 *
 * Throws what the sign-in pages answered if the person was refused.
 */
export async function begin(): Promise<Session | null> {
  const app = await openClient(CLIENT_ID, "/admin/");
  const returned = await app.handleRedirectPromise();
  const account = accountOf(app, returned);
  if (!account) {
    await app.loginRedirect({ scopes: SCOPES });
    return null;
  }
  return sessionOf(app, account);
}

function sessionOf(app: PublicClientApplication, account: AccountInfo): Session {
  const token = async (claims?: string): Promise<string> => {
    // Hidden frames are no way here: our pages cannot be framed.
    const cacheLookupPolicy = claims ? CacheLookupPolicy.RefreshToken : CacheLookupPolicy.AccessTokenAndRefreshToken;
    const request = { scopes: SCOPES, account, ...(claims ? { claims } : {}) };
    try {
      return (await app.acquireTokenSilent({ ...request, cacheLookupPolicy })).accessToken;
    } catch (error) {
      if (!needsPerson(error)) throw error;
      await app.acquireTokenRedirect(request);
      // The page is being left; nothing that waits for the token goes on.
      return new Promise(() => {});
    }
  };
  return {
    name: account.name ?? account.username,
    userPrincipalName: account.username,
    token,
    signOut: () => app.logoutRedirect({ account, postLogoutRedirectUri: null }),
  };
}
