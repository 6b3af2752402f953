import type { BadgeProps } from "@fluentui/react-components";
import { contains, equals } from "../api/odata";
import type { ConditionalAccessPolicy, ConditionalAccessPolicyState } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { StatusBadge } from "../parts/status-badge";
import { Time } from "../parts/time";
import { text } from "../texts";
import { word } from "../texts/format";
import { sentence } from "../texts/policy";

export const POLICY_STATES: ConditionalAccessPolicyState[] = [
  "enabled",
  "enabledForReportingButNotEnforced",
  "disabled",
];
const COLORS: Record<ConditionalAccessPolicyState, BadgeProps["color"]> = {
  enabled: "success",
  enabledForReportingButNotEnforced: "informative",
  disabled: "subtle",
};

/** Whether a policy is in force. */
export function PolicyStateBadge({ state }: { state: ConditionalAccessPolicyState | undefined }) {
  if (!state) return null;
  return <StatusBadge color={COLORS[state]}>{word(text.words.policyState, state)}</StatusBadge>;
}

export const policies: ListDefinition<ConditionalAccessPolicy> = {
  id: "policies",
  title: () => text.titles.policies,
  path: "/identity/conditionalAccess/policies",
  live: "identity/conditionalAccess",
  columns: [
    {
      id: "name",
      title: () => text.policy.name,
      value: (policy) => policy.displayName ?? "",
      cell: (policy) => <Link to={`/policies/${policy.id}`}>{policy.displayName}</Link>,
      sort: "displayName",
      grow: 1.2,
    },
    {
      id: "state",
      title: () => text.policy.state,
      value: (policy) => word(text.words.policyState, policy.state),
      cell: (policy) => <PolicyStateBadge state={policy.state} />,
      sort: "state",
      grow: 0.6,
    },
    { id: "sentence", title: () => text.policy.whatItDoes, value: sentence, grow: 3 },
    {
      id: "modified",
      title: () => text.policy.modified,
      value: (policy) => policy.modifiedDateTime ?? policy.createdDateTime ?? "",
      cell: (policy) => <Time at={policy.modifiedDateTime ?? policy.createdDateTime} />,
      sort: "modifiedDateTime",
    },
  ],
  filters: [
    {
      kind: "choices",
      id: "state",
      title: () => text.policy.state,
      options: POLICY_STATES.map((state) => ({
        value: state,
        label: () => word(text.words.policyState, state),
        clause: () => equals<ConditionalAccessPolicy>("state", state),
      })),
    },
    {
      kind: "text",
      id: "name",
      title: () => text.policy.name,
      clause: (value) => contains<ConditionalAccessPolicy>("displayName", value),
    },
  ],
  sort: { column: "name", descending: false },
  nameOf: (policy) => policy.displayName ?? policy.id,
  empty: () => ({ title: text.policy.empty, hint: text.policy.emptyHint }),
};
