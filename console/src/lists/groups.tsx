import { quoted } from "../api/odata";
import type { Group } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { Time } from "../parts/time";
import { text } from "../texts";

export const groups: ListDefinition<Group> = {
  id: "groups",
  title: () => text.titles.groups,
  path: "/groups",
  columns: [
    {
      id: "name",
      title: () => text.policy.name,
      value: (group) => group.displayName ?? "",
      cell: (group) => <Link to={`/groups/${group.id}`}>{group.displayName ?? group.id}</Link>,
      sort: "displayName",
      grow: 1.5,
    },
    { id: "description", title: () => text.editor.description, value: (group) => group.description ?? "", grow: 2 },
    { id: "id", title: () => text.directory.objectId, value: (group) => group.id, grow: 1.5, isHidden: true },
    {
      id: "created",
      title: () => text.fields.created,
      value: (group) => group.createdDateTime ?? "",
      cell: (group) => <Time at={group.createdDateTime} />,
    },
  ],
  filters: [
    {
      kind: "text",
      id: "name",
      title: () => text.directory.nameBegins,
      clause: (value) => `startswith(displayName,${quoted(value)})`,
    },
  ],
  sort: { column: "name", descending: false },
  nameOf: (group) => group.displayName ?? group.id,
  empty: () => ({ title: text.directory.noGroups, hint: text.directory.noGroupsHint }),
};
