import { FluentProvider, Toaster } from "@fluentui/react-components";
import { type ReactNode, useEffect, useMemo } from "react";
import { GraphProvider } from "./api/context";
import { Graph } from "./api/graph";
import type { Session } from "./auth/session";
import { hrefOf, match, navigate, usePlace } from "./navigation/router";
import { NotFoundPage } from "./pages/not-found";
import { RiskDetectionsPage } from "./pages/risk-detections/page";
import { RiskyUsersPage } from "./pages/risky-users/page";
import { SignInsPage } from "./pages/sign-ins/page";
import { UserPage } from "./pages/user/page";
import { Shell } from "./shell/shell";
import { useTheme } from "./shell/theme";

/** Every page by its address. */
const ROUTES: [pattern: string, page: (keys: Record<string, string>) => ReactNode][] = [
  ["/", () => <Start />],
  ["/risky-users", () => <RiskyUsersPage />],
  ["/users/:id", ({ id = "" }) => <UserPage key={id} id={id} />],
  ["/risk-detections", () => <RiskDetectionsPage />],
  ["/sign-ins", () => <SignInsPage />],
];

/** The console of somebody who is signed in. */
export function App({ session }: { session: Session }) {
  const { theme, choice, choose } = useTheme();
  const graph = useMemo(() => new Graph(session.token, `${window.location.origin}/v1.0`), [session]);
  return (
    <FluentProvider theme={theme}>
      <GraphProvider value={graph}>
        <Shell session={session} theme={choice} onTheme={choose}>
          <Routed />
        </Shell>
        <Toaster />
      </GraphProvider>
    </FluentProvider>
  );
}

function Routed() {
  const { path } = usePlace();
  for (const [pattern, page] of ROUTES) {
    const keys = match(pattern, path);
    if (keys) return page(keys);
  }
  return <NotFoundPage />;
}

function Start() {
  useEffect(() => navigate(hrefOf("/risky-users"), { replace: true }), []);
  return null;
}
