import type { AuthenticationContextClassReference } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { text } from "../texts";

export const authenticationContexts: ListDefinition<AuthenticationContextClassReference> = {
  id: "authentication-contexts",
  title: () => text.titles.contexts,
  path: "/identity/conditionalAccess/authenticationContextClassReferences",
  live: "identity/conditionalAccess",
  columns: [
    { id: "id", title: () => text.contexts.id, value: (context) => context.id, grow: 0.5 },
    {
      id: "name",
      title: () => text.policy.name,
      value: (context) => context.displayName ?? "",
      cell: (context) => <Link to={`/authentication-contexts/${context.id}`}>{context.displayName}</Link>,
      grow: 1.3,
    },
    { id: "description", title: () => text.editor.description, value: (context) => context.description ?? "", grow: 2 },
    {
      id: "published",
      title: () => text.contexts.published,
      value: (context) => (context.isAvailable ? text.yes : text.no),
      grow: 0.6,
    },
  ],
  filters: [],
  sort: { column: "name", descending: false },
  nameOf: (context) => context.displayName ?? context.id,
  empty: () => ({ title: text.contexts.empty, hint: text.contexts.emptyHint }),
};
