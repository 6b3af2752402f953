// Signing in: an ordinary public client (authorization code with PKCE), tokens in the tab's session storage only.
import {
  type AccountInfo,
  CacheLookupPolicy,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from "@azure/msal-browser";
import { CLIENT_ID, SCOPES } from "../api/types";

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
  const { origin, host } = window.location;
  const app = new PublicClientApplication({
    auth: {
      clientId: CLIENT_ID,
      authority: `${origin}/organizations`,
      // Without this the client asks another company's server whether ours may be trusted.
      knownAuthorities: [host],
      redirectUri: `${origin}/admin/`,
      clientCapabilities: ["CP1"],
    },
    cache: { cacheLocation: "sessionStorage" },
  });
  await app.initialize();
  const returned = await app.handleRedirectPromise();
  const account = returned?.account ?? app.getAllAccounts()[0];
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

function needsPerson(error: unknown): boolean {
  const code = (error as { errorCode?: string }).errorCode;
  return (
    error instanceof InteractionRequiredAuthError || code === "no_tokens_found" || code === "token_refresh_required"
  );
}
