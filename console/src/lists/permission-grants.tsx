import { equals } from "../api/odata";
import type { OAuth2PermissionGrant } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { ObjectName } from "../parts/object-name";
import { text } from "../texts";

/** Names of service principals by their object identifiers. */
export type Names = ReadonlyMap<string, string>;

/** Consent to delegated permissions; of one client alone, if its service principal is given. */
export function permissionGrants(names: Names, clientId?: string): ListDefinition<OAuth2PermissionGrant> {
  const nameOf = (id: string | undefined) => names.get(id ?? "") ?? id ?? "";
  const client = {
    id: "client",
    title: () => text.fields.application,
    value: (grant: OAuth2PermissionGrant) => nameOf(grant.clientId),
    cell: (grant: OAuth2PermissionGrant) => (
      <Link to={`/service-principals/${grant.clientId}`}>{nameOf(grant.clientId)}</Link>
    ),
  };
  return {
    id: "consent",
    title: () => text.titles.consent,
    path: "/oauth2PermissionGrants",
    ...(clientId ? { scope: equals<OAuth2PermissionGrant>("clientId", clientId) } : {}),
    columns: [
      ...(clientId ? [] : [client]),
      {
        id: "for",
        title: () => text.consent.for,
        value: (grant) => (grant.consentType === "AllPrincipals" ? text.consent.everybody : (grant.principalId ?? "")),
        cell: (grant) =>
          grant.principalId ? (
            <Link to={`/users/${grant.principalId}`}>
              <ObjectName path={`/users/${grant.principalId}`} id={grant.principalId} />
            </Link>
          ) : (
            text.consent.everybody
          ),
      },
      { id: "at", title: () => text.consent.at, value: (grant) => nameOf(grant.resourceId) },
      {
        id: "scope",
        title: () => text.consent.permissions,
        value: (grant) => (grant.scope ?? "").trim().split(/\s+/).join(", "),
        grow: 3,
      },
    ],
    filters: [
      {
        kind: "choice",
        id: "type",
        title: () => text.consent.for,
        options: (["AllPrincipals", "Principal"] as const).map((type) => ({
          value: type,
          label: () => text.consent.types[type],
          clause: () => equals<OAuth2PermissionGrant>("consentType", type),
        })),
      },
    ],
    sort: { column: "client", descending: false },
    nameOf: (grant) => `${nameOf(grant.clientId)}: ${grant.scope ?? ""}`,
    empty: () => ({ title: text.consent.empty, hint: text.consent.emptyHint }),
  };
}
