import type { User } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { text } from "../texts";

/** A member, with what tells of which type it is. */
type Member = User & { "@odata.type"?: string };

const isUser = (member: Member) => member["@odata.type"]?.endsWith(".user") ?? false;

/** Who is in a group. */
export function groupMembers(groupId: string): ListDefinition<Member> {
  return {
    id: "members",
    title: () => text.group.members,
    path: `/groups/${encodeURIComponent(groupId)}/members`,
    columns: [
      {
        id: "name",
        title: () => text.policy.name,
        value: (member) => member.displayName ?? member.id,
        cell: (member) =>
          isUser(member) ? (
            <Link to={`/users/${member.id}`}>{member.displayName ?? member.id}</Link>
          ) : (
            (member.displayName ?? member.id)
          ),
      },
      {
        id: "kind",
        title: () => text.group.kind,
        value: (member) => (isUser(member) ? text.fields.user : (member["@odata.type"]?.split(".").pop() ?? "")),
        grow: 0.5,
      },
      {
        id: "principal",
        title: () => text.fields.userPrincipalName,
        value: (member) => member.userPrincipalName ?? "",
        grow: 1.5,
      },
    ],
    filters: [],
    sort: { column: "name", descending: false },
    nameOf: (member) => member.displayName ?? member.id,
    empty: () => ({ title: text.group.noMembers, hint: text.group.noMembersHint }),
  };
}
