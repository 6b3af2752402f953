// What every page that signs in has in common: an ordinary public client (authorization code with PKCE), tokens in the
// tab's session storage only.
import {
  type AccountInfo,
  type AuthenticationResult,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from "@azure/msal-browser";

/** A client, ready to be asked for tokens. `path` is where its pages are, and where sign-ins return to. */
export async function openClient(clientId: string, path: string): Promise<PublicClientApplication> {
  const { origin, host } = window.location;
  const app = new PublicClientApplication({
    auth: {
      clientId,
      authority: `${origin}/organizations`,
      // Without this the client asks another company's server whether ours may be trusted.
      knownAuthorities: [host],
      redirectUri: `${origin}${path}`,
      clientCapabilities: ["CP1"],
    },
    cache: { cacheLocation: "sessionStorage" },
  });
  await app.initialize();
  return app;
}

/** Whose tokens the tab has, if anybody's. */
export function accountOf(
  app: PublicClientApplication,
  returned: AuthenticationResult | null,
): AccountInfo | undefined {
  return returned?.account ?? app.getAllAccounts()[0];
}

/** Whether only the person can help on. */
export function needsPerson(error: unknown): boolean {
  const code = (error as { errorCode?: string }).errorCode;
  return (
    error instanceof InteractionRequiredAuthError || code === "no_tokens_found" || code === "token_refresh_required"
  );
}
