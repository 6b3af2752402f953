// What a policy names by identifier, and how it is found and called.
import { equals, quoted } from "../../api/odata";
import type {
  Agreement,
  AuthenticationContextClassReference,
  AuthenticationStrengthPolicy,
  Group,
  NamedLocation,
  ServicePrincipal,
  User,
} from "../../api/types";
import { text } from "../../texts";

/** Something that can be picked. */
export interface Choice {
  value: string;
  label: string;
}

export interface Kind {
  /** The collection. */
  path: string;
  /** Properties that are asked for; all of them if the collection has no choice. */
  select?: string;
  /** A clause for what begins with a text; without it there are few and all are loaded. */
  search?: (typed: string) => string;
  /** A clause for these values, where not all are loaded. */
  named?: (values: string[]) => string;
  choice: (object: Properties) => Choice;
  /** Words that stand for something, before all objects. */
  keywords: () => Choice[];
}

type Properties = Record<string, string | undefined>;

const labelled = (value: string | undefined, label: string | null | undefined, beside?: string | null): Choice => ({
  value: value ?? "",
  label: beside ? `${label ?? value} (${beside})` : (label ?? value ?? ""),
});
const keyword = (value: string, label: string): Choice => ({ value, label });
const byName = (typed: string) => `startswith(displayName,${quoted(typed)})`;
const anyId = (values: string[]) => values.map((value) => equals<{ id: string }>("id", value)).join(" or ");

/** `displayName` of objects that have one. */
type Named = { id: string; displayName?: string | null };

export const KINDS = {
  users: {
    path: "/users",
    select: "id,displayName,userPrincipalName",
    search: (typed) => `${byName(typed)} or startswith(userPrincipalName,${quoted(typed)})`,
    named: anyId,
    choice: (user: Properties & Partial<User>) => labelled(user.id, user.displayName, user.userPrincipalName),
    keywords: () => [
      keyword("All", text.editor.allUsers),
      keyword("GuestsOrExternalUsers", text.editor.guests),
      keyword("None", text.editor.none),
    ],
  },
  groups: {
    path: "/groups",
    select: "id,displayName",
    search: byName,
    named: anyId,
    choice: (group: Properties & Partial<Group>) => labelled(group.id, group.displayName),
    keywords: () => [],
  },
  roles: {
    path: "/directoryRoleTemplates",
    choice: (role: Properties & Partial<Named>) => labelled(role.id, role.displayName),
    keywords: () => [],
  },
  applications: {
    path: "/servicePrincipals",
    select: "id,appId,displayName",
    search: byName,
    named: (values) => values.map((value) => equals<ServicePrincipal>("appId", value)).join(" or "),
    choice: (one: Properties & Partial<ServicePrincipal>) => labelled(one.appId ?? "", one.displayName),
    keywords: () => [
      keyword("All", text.editor.allResources),
      keyword("Office365", "Office 365"),
      keyword("MicrosoftAdminPortals", text.editor.adminPortals),
      keyword("None", text.editor.none),
    ],
  },
  workloads: {
    path: "/servicePrincipals",
    select: "id,appId,displayName",
    search: byName,
    named: anyId,
    choice: (one: Properties & Partial<ServicePrincipal>) => labelled(one.id, one.displayName),
    keywords: () => [keyword("ServicePrincipalsInMyTenant", text.editor.allWorkloads)],
  },
  contexts: {
    path: "/identity/conditionalAccess/authenticationContextClassReferences",
    choice: (one: Properties & Partial<AuthenticationContextClassReference>) =>
      labelled(one.id, one.displayName, one.id),
    keywords: () => [],
  },
  locations: {
    path: "/identity/conditionalAccess/namedLocations",
    choice: (location: Properties & Partial<NamedLocation>) => labelled(location.id, location.displayName),
    keywords: () => [keyword("All", text.editor.anywhere), keyword("AllTrusted", text.editor.allTrusted)],
  },
  strengths: {
    path: "/policies/authenticationStrengthPolicies",
    choice: (one: Properties & Partial<AuthenticationStrengthPolicy>) => labelled(one.id, one.displayName),
    keywords: () => [],
  },
  agreements: {
    path: "/identityGovernance/termsOfUse/agreements",
    choice: (one: Properties & Partial<Agreement>) => labelled(one.id, one.displayName),
    keywords: () => [],
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
