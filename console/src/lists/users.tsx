import { equals, type PathOf, quoted } from "../api/odata";
import type { User } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { StatusBadge } from "../parts/status-badge";
import { Time } from "../parts/time";
import { text } from "../texts";

const startsWith = (path: PathOf<User>, value: string) => `startswith(${path},${quoted(value)})`;

export const users: ListDefinition<User> = {
  id: "users",
  title: () => text.titles.users,
  path: "/users",
  select: "id,displayName,userPrincipalName,accountEnabled,userType,department,createdDateTime",
  columns: [
    {
      id: "user",
      title: () => text.fields.user,
      value: (user) => user.displayName ?? "",
      cell: (user) => <Link to={`/users/${user.id}`}>{user.displayName ?? user.userPrincipalName}</Link>,
      sort: "displayName",
      grow: 1.3,
    },
    {
      id: "name",
      title: () => text.fields.userPrincipalName,
      value: (user) => user.userPrincipalName ?? "",
      sort: "userPrincipalName",
      grow: 1.6,
    },
    {
      id: "enabled",
      title: () => text.fields.accountEnabled,
      value: (user) => (user.accountEnabled ? text.yes : text.no),
      cell: (user) => (
        <StatusBadge color={user.accountEnabled ? "success" : "subtle"}>
          {user.accountEnabled ? text.yes : text.no}
        </StatusBadge>
      ),
      grow: 0.6,
    },
    { id: "type", title: () => text.fields.userType, value: (user) => user.userType ?? "", grow: 0.6 },
    { id: "department", title: () => text.fields.department, value: (user) => user.department ?? "", isHidden: true },
    {
      id: "created",
      title: () => text.fields.created,
      value: (user) => user.createdDateTime ?? "",
      cell: (user) => <Time at={user.createdDateTime} />,
    },
  ],
  filters: [
    {
      kind: "text",
      id: "user",
      title: () => text.directory.nameBegins,
      clause: (value) => `(${startsWith("displayName", value)} or ${startsWith("userPrincipalName", value)})`,
    },
    {
      kind: "choice",
      id: "enabled",
      title: () => text.fields.accountEnabled,
      options: [
        { value: "yes", label: () => text.yes, clause: () => "accountEnabled eq true" },
        { value: "no", label: () => text.no, clause: () => "accountEnabled eq false" },
      ],
    },
    {
      kind: "choice",
      id: "type",
      title: () => text.fields.userType,
      options: ["Member", "Guest"].map((value) => ({
        value,
        label: () => value,
        clause: () => equals<User>("userType", value),
      })),
    },
  ],
  sort: { column: "user", descending: false },
  nameOf: (user) => user.displayName ?? user.id,
  empty: () => ({ title: text.directory.noUsers, hint: text.directory.noUsersHint }),
};
