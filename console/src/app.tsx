import { FluentProvider, Toaster } from "@fluentui/react-components";
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from "react";
import { GraphProvider } from "./api/context";
import { Graph } from "./api/graph";
import { Live } from "./api/live";
import { LiveProvider } from "./api/live-context";
import type { Session } from "./auth/session";
import { match, usePlace } from "./navigation/router";
import { AuditsPage } from "./pages/audits/page";
import { NamedLocationsPage } from "./pages/named-locations/page";
import { NotFoundPage } from "./pages/not-found";
import { OverviewPage } from "./pages/overview/page";
import { PoliciesPage } from "./pages/policies/page";
import { RiskDetectionsPage } from "./pages/risk-detections/page";
import { RiskyUsersPage } from "./pages/risky-users/page";
import { SignInPage } from "./pages/sign-in/page";
import { SignInsPage } from "./pages/sign-ins/page";
import { UserPage } from "./pages/user/page";
import { WorkloadIdentitiesPage } from "./pages/workload-identities/page";
import { Shell } from "./shell/shell";
import { useTheme } from "./shell/theme";

// What only some people come to is not part of the first load.
const PolicyPage = lazy(async () => ({ default: (await import("./pages/policy/page")).PolicyPage }));
const NewPolicyPage = lazy(async () => ({ default: (await import("./pages/policy/new")).NewPolicyPage }));
const WhatIfPage = lazy(async () => ({ default: (await import("./pages/what-if/page")).WhatIfPage }));
const StartPage = lazy(async () => ({ default: (await import("./pages/start/page")).StartPage }));

const NamedLocationPage = lazy(async () => ({
  default: (await import("./pages/named-location/page")).NamedLocationPage,
}));
const NewNamedLocationPage = lazy(async () => ({
  default: (await import("./pages/named-location/page")).NewNamedLocationPage,
}));
const FeedsPage = lazy(async () => ({ default: (await import("./pages/feeds/page")).FeedsPage }));
const UsersPage = lazy(async () => ({ default: (await import("./pages/users/page")).UsersPage }));
const GroupsPage = lazy(async () => ({ default: (await import("./pages/groups/page")).GroupsPage }));
const ApplicationsPage = lazy(async () => ({ default: (await import("./pages/applications/page")).ApplicationsPage }));

const AuthenticationMethodsPage = lazy(async () => ({
  default: (await import("./pages/authentication-methods/page")).AuthenticationMethodsPage,
}));
const AuthenticationStrengthsPage = lazy(async () => ({
  default: (await import("./pages/authentication-strengths/page")).AuthenticationStrengthsPage,
}));
const AuthenticationStrengthPage = lazy(async () => ({
  default: (await import("./pages/authentication-strength/page")).AuthenticationStrengthPage,
}));
const NewAuthenticationStrengthPage = lazy(async () => ({
  default: (await import("./pages/authentication-strength/page")).NewAuthenticationStrengthPage,
}));
const AuthenticationContextsPage = lazy(async () => ({
  default: (await import("./pages/authentication-contexts/page")).AuthenticationContextsPage,
}));
const AuthenticationContextPage = lazy(async () => ({
  default: (await import("./pages/authentication-context/page")).AuthenticationContextPage,
}));
const NewAuthenticationContextPage = lazy(async () => ({
  default: (await import("./pages/authentication-context/page")).NewAuthenticationContextPage,
}));
const ConsentPage = lazy(async () => ({ default: (await import("./pages/consent/page")).ConsentPage }));
const GroupPage = lazy(async () => ({ default: (await import("./pages/group/page")).GroupPage }));
const ApplicationPage = lazy(async () => ({ default: (await import("./pages/application/page")).ApplicationPage }));
const ServicePrincipalPage = lazy(async () => ({
  default: (await import("./pages/application/page")).ServicePrincipalPage,
}));

/** Every page by its address. */
const ROUTES: [pattern: string, page: (keys: Record<string, string>) => ReactNode][] = [
  ["/", () => <OverviewPage />],
  ["/start", () => <StartPage />],
  ["/risky-users", () => <RiskyUsersPage />],
  ["/users/:id", ({ id = "" }) => <UserPage key={id} id={id} />],
  ["/risk-detections", () => <RiskDetectionsPage />],
  ["/sign-ins", () => <SignInsPage />],
  ["/sign-ins/:id", ({ id = "" }) => <SignInPage key={id} id={id} />],
  ["/workload-identities", () => <WorkloadIdentitiesPage />],
  ["/policies", () => <PoliciesPage />],
  ["/policies/new", () => <NewPolicyPage />],
  ["/policies/:id", ({ id = "" }) => <PolicyPage key={id} id={id} />],
  ["/named-locations", () => <NamedLocationsPage />],
  ["/named-locations/new", () => <NewNamedLocationPage />],
  ["/named-locations/:id", ({ id = "" }) => <NamedLocationPage key={id} id={id} />],
  ["/users", () => <UsersPage />],
  ["/authentication-methods", () => <AuthenticationMethodsPage />],
  ["/authentication-strengths", () => <AuthenticationStrengthsPage />],
  ["/authentication-strengths/new", () => <NewAuthenticationStrengthPage />],
  ["/authentication-strengths/:id", ({ id = "" }) => <AuthenticationStrengthPage key={id} id={id} />],
  ["/authentication-contexts", () => <AuthenticationContextsPage />],
  ["/authentication-contexts/new", () => <NewAuthenticationContextPage />],
  ["/authentication-contexts/:id", ({ id = "" }) => <AuthenticationContextPage key={id} id={id} />],
  ["/groups", () => <GroupsPage />],
  ["/groups/:id", ({ id = "" }) => <GroupPage key={id} id={id} />],
  ["/applications", () => <ApplicationsPage />],
  ["/applications/:id", ({ id = "" }) => <ApplicationPage key={id} id={id} />],
  ["/service-principals/:id", ({ id = "" }) => <ServicePrincipalPage key={id} id={id} />],
  ["/consent", () => <ConsentPage />],
  ["/feeds", () => <FeedsPage />],
  ["/what-if", () => <WhatIfPage />],
  ["/audit-log", () => <AuditsPage />],
];

/** The console of somebody who is signed in. */
export function App({ session }: { session: Session }) {
  const { theme, choice, choose } = useTheme();
  const graph = useMemo(() => new Graph(session.token, `${window.location.origin}/v1.0`), [session]);
  const live = useMemo(
    () => new Live(session.token, `${window.location.origin}/v1.0/riskgate/events`, session.userPrincipalName),
    [session],
  );
  useEffect(() => live.start(), [live]);
  return (
    <FluentProvider theme={theme}>
      <LiveProvider value={live}>
        <GraphProvider value={graph}>
          <Shell session={session} theme={choice} onTheme={choose}>
            <Suspense fallback={null}>
              <Routed />
            </Suspense>
          </Shell>
          <Toaster />
        </GraphProvider>
      </LiveProvider>
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
