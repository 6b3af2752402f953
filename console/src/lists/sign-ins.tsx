import { contains, equals } from "../api/odata";
import type { ConditionalAccessStatus, SignIn } from "../api/types";
import type { Column, ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { RiskLevelBadge } from "../parts/risk";
import { Outcome } from "../parts/sign-in";
import { Time } from "../parts/time";
import { text } from "../texts";
import { detectionName, place, time, word } from "../texts/format";
import { levels, period, userName } from "./filters";

const COLUMNS: Column<SignIn>[] = [
  {
    id: "at",
    title: () => text.fields.createdAt,
    value: (signIn) => signIn.createdDateTime ?? "",
    cell: (signIn) => (
      <Link to={`/sign-ins/${signIn.id}`}>
        <Time at={signIn.createdDateTime} />
      </Link>
    ),
    sort: "createdDateTime",
    grow: 1.3,
  },
  {
    id: "user",
    title: () => text.fields.user,
    value: (signIn) => signIn.userDisplayName ?? signIn.userPrincipalName ?? "",
    cell: (signIn) => (
      <Link to={`/users/${signIn.userId ?? ""}`}>{signIn.userDisplayName ?? signIn.userPrincipalName}</Link>
    ),
    sort: "userDisplayName",
    grow: 1.2,
  },
  {
    id: "application",
    title: () => text.fields.application,
    value: (signIn) => signIn.appDisplayName ?? "",
    sort: "appDisplayName",
    grow: 1.2,
  },
  {
    id: "status",
    title: () => text.fields.status,
    value: (signIn) => (signIn.status?.errorCode ? text.list.status.failure : text.list.status.success),
    cell: (signIn) => <Outcome signIn={signIn} />,
    sort: "status/errorCode",
  },
  {
    id: "risk",
    title: () => text.fields.riskDuringSignIn,
    value: (signIn) => word(text.words.riskLevel, signIn.riskLevelDuringSignIn),
    cell: (signIn) => <RiskLevelBadge level={signIn.riskLevelDuringSignIn} />,
    sort: "riskLevelDuringSignIn",
  },
  {
    id: "access",
    title: () => text.fields.conditionalAccess,
    value: (signIn) => word(text.words.conditionalAccessStatus, signIn.conditionalAccessStatus),
    sort: "conditionalAccessStatus",
    grow: 1.2,
  },
  {
    id: "ip",
    title: () => text.fields.ipAddress,
    value: (signIn) => signIn.ipAddress ?? "",
    sort: "ipAddress",
    grow: 1.2,
  },
  { id: "place", title: () => text.fields.location, value: (signIn) => place(signIn.location) },
  {
    id: "applied",
    title: () => text.fields.appliedPolicies,
    value: appliedPolicies,
    isHidden: true,
    grow: 1.5,
  },
  {
    id: "events",
    title: () => text.fields.riskEvents,
    value: (signIn) => (signIn.riskEventTypes_v2 ?? []).map(detectionName).join(", "),
    isHidden: true,
    grow: 1.5,
  },
  {
    id: "browser",
    title: () => text.fields.browser,
    value: (signIn) => signIn.deviceDetail?.browser ?? "",
    sort: "deviceDetail/browser",
    isHidden: true,
  },
  {
    id: "system",
    title: () => text.fields.operatingSystem,
    value: (signIn) => signIn.deviceDetail?.operatingSystem ?? "",
    sort: "deviceDetail/operatingSystem",
    isHidden: true,
  },
  { id: "client", title: () => text.fields.clientApp, value: (signIn) => signIn.clientAppUsed ?? "", isHidden: true },
  {
    id: "correlation",
    title: () => text.fields.correlationId,
    value: (signIn) => signIn.correlationId ?? "",
    isHidden: true,
    grow: 2,
  },
];

/** The enabled policies that applied: what they demanded was met or was not. */
function appliedPolicies({ appliedConditionalAccessPolicies }: SignIn): string {
  const applied = (appliedConditionalAccessPolicies ?? []).filter(
    ({ result }) => result === "success" || result === "failure",
  );
  return applied.map(({ displayName, id }) => displayName ?? id).join(", ");
}

const ACCESS: ConditionalAccessStatus[] = ["success", "failure", "notApplied"];

export const signIns: ListDefinition<SignIn> = {
  id: "sign-ins",
  title: () => text.titles.signIns,
  path: "/auditLogs/signIns",
  live: "auditLogs/signIns",
  columns: COLUMNS,
  filters: [
    period<SignIn>(() => text.fields.createdAt, "createdDateTime"),
    {
      kind: "choice",
      id: "status",
      title: () => text.fields.status,
      options: [
        { value: "success", label: () => text.list.status.success, clause: () => "status/errorCode eq 0" },
        { value: "failure", label: () => text.list.status.failure, clause: () => "status/errorCode ne 0" },
      ],
    },
    levels<SignIn>("level", () => text.fields.riskDuringSignIn, "riskLevelDuringSignIn"),
    {
      kind: "choices",
      id: "access",
      title: () => text.fields.conditionalAccess,
      options: ACCESS.map((status) => ({
        value: status,
        label: () => text.words.conditionalAccessStatus[status],
        clause: () => equals<SignIn>("conditionalAccessStatus", status),
      })),
    },
    userName<SignIn>("userDisplayName", "userPrincipalName"),
    {
      kind: "text",
      id: "ip",
      title: () => text.fields.ipAddress,
      clause: (value) => contains<SignIn>("ipAddress", value),
    },
    {
      kind: "text",
      id: "country",
      title: () => text.whatIf.country,
      clause: (value) => equals<SignIn>("location/countryOrRegion", value.toUpperCase()),
    },
  ],
  sort: { column: "at", descending: true },
  nameOf: (signIn) => `${signIn.userDisplayName ?? signIn.userPrincipalName ?? ""}, ${time(signIn.createdDateTime)}`,
  empty: () => ({ title: text.signIns.empty, hint: text.signIns.emptyHint }),
};

/** The same of one application. */
export function signInsTo(appId: string): ListDefinition<SignIn> {
  return {
    ...signIns,
    scope: equals<SignIn>("appId", appId),
    columns: COLUMNS.filter((column) => column.id !== "application"),
  };
}

/** The same of one user. */
export function signInsOf(userId: string): ListDefinition<SignIn> {
  return {
    ...signIns,
    scope: equals<SignIn>("userId", userId),
    columns: COLUMNS.filter((column) => column.id !== "user"),
    filters: signIns.filters.filter((filter) => filter.id !== "user"),
  };
}
