import type { Application } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { Time } from "../parts/time";
import { text } from "../texts";

export const applications: ListDefinition<Application> = {
  id: "applications",
  title: () => text.titles.applications,
  path: "/applications",
  columns: [
    {
      id: "name",
      title: () => text.policy.name,
      value: (one) => one.displayName ?? "",
      cell: (one) => <Link to={`/applications/${one.id}`}>{one.displayName ?? one.id}</Link>,
      grow: 1.3,
    },
    { id: "appId", title: () => text.fields.appId, value: (one) => one.appId ?? "", grow: 1.6 },
    { id: "redirects", title: () => text.directory.redirects, value: redirectsOf, grow: 2 },
    { id: "audience", title: () => text.directory.audience, value: (one) => one.signInAudience ?? "", isHidden: true },
    {
      id: "created",
      title: () => text.fields.created,
      value: (one) => one.createdDateTime ?? "",
      cell: (one) => <Time at={one.createdDateTime} />,
    },
  ],
  filters: [],
  sort: { column: "name", descending: false },
  nameOf: (one) => one.displayName ?? one.id,
  empty: () => ({ title: text.directory.noApplications, hint: text.directory.noApplicationsHint }),
};

/** Where sign-ins return to, whatever kind of client it is. */
export function redirectsOf({ web, spa, publicClient }: Application): string {
  return [web, spa, publicClient].flatMap((platform) => platform?.redirectUris ?? []).join(", ");
}
