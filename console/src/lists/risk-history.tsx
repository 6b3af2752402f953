import { equals } from "../api/odata";
import type { RiskyUserHistoryItem } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { RiskLevelBadge, RiskStateBadge } from "../parts/risk";
import { Time } from "../parts/time";
import { text } from "../texts";
import { detectionName, word } from "../texts/format";

/** What happened to the risk of a user. */
export function riskHistory(userId: string): ListDefinition<RiskyUserHistoryItem> {
  const path = `/identityProtection/riskyUsers/${encodeURIComponent(userId)}/history`;
  return {
    id: "risk-history",
    title: () => text.user.history,
    path,
    columns: [
      {
        id: "at",
        title: () => text.fields.activityAt,
        value: (item) => item.riskLastUpdatedDateTime ?? "",
        cell: (item) => <Time at={item.riskLastUpdatedDateTime} />,
        sort: "riskLastUpdatedDateTime",
      },
      {
        id: "level",
        title: () => text.fields.riskLevel,
        value: (item) => word(text.words.riskLevel, item.riskLevel),
        cell: (item) => <RiskLevelBadge level={item.riskLevel} />,
        grow: 0.7,
      },
      {
        id: "state",
        title: () => text.fields.riskState,
        value: (item) => word(text.words.riskState, item.riskState),
        cell: (item) => <RiskStateBadge state={item.riskState} />,
      },
      {
        id: "detail",
        title: () => text.fields.riskDetail,
        value: (item) => word(text.words.riskDetail, item.riskDetail),
        grow: 1.6,
      },
      {
        id: "events",
        title: () => text.fields.riskEvents,
        value: (item) => (item.activity?.riskEventTypes ?? []).map(detectionName).join(", "),
        grow: 1.4,
      },
      {
        id: "by",
        title: () => text.fields.initiatedBy,
        value: (item) => initiator(item, userId),
        cell: (item) =>
          item.initiatedBy && item.initiatedBy !== userId ? (
            <Link to={`/users/${item.initiatedBy}`}>{text.user.byAdministrator}</Link>
          ) : (
            initiator(item, userId)
          ),
      },
    ],
    filters: [
      {
        kind: "choice",
        id: "level",
        title: () => text.fields.riskLevel,
        options: (["high", "medium", "low", "none"] as const).map((level) => ({
          value: level,
          label: () => text.words.riskLevel[level],
          clause: () => equals<RiskyUserHistoryItem>("riskLevel", level),
        })),
      },
    ],
    sort: { column: "at", descending: true },
    nameOf: (item) => item.id,
    empty: () => ({ title: text.user.historyEmpty, hint: text.user.historyEmptyHint }),
  };
}

/** Who did it: an administrator by identifier, the user, or nobody but the program. */
function initiator(item: RiskyUserHistoryItem, userId: string): string {
  if (!item.initiatedBy) return text.user.bySystem;
  return item.initiatedBy === userId ? text.user.byUser : item.initiatedBy;
}
