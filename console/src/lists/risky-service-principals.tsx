import { contains } from "../api/odata";
import type { RiskyServicePrincipal } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { RiskLevelBadge, RiskStateBadge } from "../parts/risk";
import { Time } from "../parts/time";
import { text } from "../texts";
import { word } from "../texts/format";
import { levels, states } from "./filters";

export const riskyServicePrincipals: ListDefinition<RiskyServicePrincipal> = {
  id: "workload-identities",
  title: () => text.titles.workloads,
  path: "/identityProtection/riskyServicePrincipals",
  live: "identityProtection/riskyServicePrincipals",
  columns: [
    {
      id: "name",
      title: () => text.fields.application,
      value: (principal) => principal.displayName ?? principal.id,
      sort: "displayName",
      grow: 1.5,
    },
    {
      id: "level",
      title: () => text.fields.riskLevel,
      value: (principal) => word(text.words.riskLevel, principal.riskLevel),
      cell: (principal) => <RiskLevelBadge level={principal.riskLevel} />,
      sort: "riskLevel",
    },
    {
      id: "state",
      title: () => text.fields.riskState,
      value: (principal) => word(text.words.riskState, principal.riskState),
      cell: (principal) => <RiskStateBadge state={principal.riskState} />,
      sort: "riskState",
    },
    {
      id: "detail",
      title: () => text.fields.riskDetail,
      value: (principal) => word(text.words.riskDetail, principal.riskDetail),
      grow: 1.6,
    },
    {
      id: "updated",
      title: () => text.fields.riskLastUpdated,
      value: (principal) => principal.riskLastUpdatedDateTime ?? "",
      cell: (principal) => <Time at={principal.riskLastUpdatedDateTime} />,
      sort: "riskLastUpdatedDateTime",
      grow: 1.3,
    },
    {
      id: "enabled",
      title: () => text.fields.accountEnabled,
      value: (principal) => (principal.isEnabled === false ? text.no : text.yes),
      isHidden: true,
    },
    {
      id: "appId",
      title: () => text.fields.appId,
      value: (principal) => principal.appId ?? "",
      isHidden: true,
      grow: 2,
    },
  ],
  filters: [
    levels<RiskyServicePrincipal>("level", () => text.fields.riskLevel, "riskLevel"),
    states<RiskyServicePrincipal>("riskState"),
    {
      kind: "text",
      id: "name",
      title: () => text.fields.application,
      clause: (value) => contains<RiskyServicePrincipal>("displayName", value),
    },
  ],
  sort: { column: "updated", descending: true },
  nameOf: (principal) => principal.displayName ?? principal.id,
  empty: () => ({ title: text.workloads.empty, hint: text.workloads.emptyHint }),
};
