import type { RiskyUser } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { RiskLevelBadge, RiskStateBadge } from "../parts/risk";
import { Time } from "../parts/time";
import { text } from "../texts";
import { word } from "../texts/format";
import { levels, states, userName } from "./filters";

export const riskyUsers: ListDefinition<RiskyUser> = {
  id: "risky-users",
  title: () => text.titles.riskyUsers,
  path: "/identityProtection/riskyUsers",
  live: "identityProtection/riskyUsers",
  columns: [
    {
      id: "user",
      title: () => text.fields.user,
      value: (user) => user.userDisplayName ?? user.userPrincipalName ?? user.id,
      cell: (user) => <Link to={`/users/${user.id}`}>{user.userDisplayName ?? user.userPrincipalName ?? user.id}</Link>,
      sort: "userDisplayName",
      grow: 1.4,
    },
    {
      id: "userPrincipalName",
      title: () => text.fields.userPrincipalName,
      value: (user) => user.userPrincipalName ?? "",
      sort: "userPrincipalName",
      grow: 1.6,
    },
    {
      id: "level",
      title: () => text.fields.riskLevel,
      value: (user) => word(text.words.riskLevel, user.riskLevel),
      cell: (user) => <RiskLevelBadge level={user.riskLevel} />,
      sort: "riskLevel",
    },
    {
      id: "state",
      title: () => text.fields.riskState,
      value: (user) => word(text.words.riskState, user.riskState),
      cell: (user) => <RiskStateBadge state={user.riskState} />,
      sort: "riskState",
      grow: 1.3,
    },
    {
      id: "detail",
      title: () => text.fields.riskDetail,
      value: (user) => word(text.words.riskDetail, user.riskDetail),
      sort: "riskDetail",
      grow: 1.6,
    },
    {
      id: "updated",
      title: () => text.fields.riskLastUpdated,
      value: (user) => user.riskLastUpdatedDateTime ?? "",
      cell: (user) => <Time at={user.riskLastUpdatedDateTime} />,
      sort: "riskLastUpdatedDateTime",
      grow: 1.4,
    },
    {
      id: "deleted",
      title: () => text.fields.isDeleted,
      value: (user) => (user.isDeleted ? text.yes : text.no),
      isHidden: true,
    },
    { id: "id", title: () => text.fields.userId, value: (user) => user.id, isHidden: true, grow: 2 },
  ],
  filters: [
    levels<RiskyUser>("level", () => text.fields.riskLevel, "riskLevel"),
    states<RiskyUser>("riskState"),
    userName<RiskyUser>("userDisplayName", "userPrincipalName"),
  ],
  sort: { column: "updated", descending: true },
  nameOf: (user) => user.userDisplayName ?? user.userPrincipalName ?? user.id,
  empty: () => ({ title: text.riskyUsers.empty, hint: text.riskyUsers.emptyHint }),
};
