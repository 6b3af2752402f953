import type { AuthenticationStrengthPolicy } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { Time } from "../parts/time";
import { text } from "../texts";
import { combination, word } from "../texts/format";

export const authenticationStrengths: ListDefinition<AuthenticationStrengthPolicy> = {
  id: "authentication-strengths",
  title: () => text.titles.strengths,
  path: "/policies/authenticationStrengthPolicies",
  live: "identity/conditionalAccess",
  columns: [
    {
      id: "name",
      title: () => text.policy.name,
      value: (strength) => strength.displayName ?? "",
      cell: (strength) => <Link to={`/authentication-strengths/${strength.id}`}>{strength.displayName}</Link>,
      grow: 1.2,
    },
    {
      id: "kind",
      title: () => text.strengths.kind,
      value: (strength) => word(text.strengths.kinds, strength.policyType),
      grow: 0.7,
    },
    {
      id: "satisfies",
      title: () => text.strengths.satisfies,
      value: (strength) => word(text.strengths.requirements, strength.requirementsSatisfied),
    },
    {
      id: "combinations",
      title: () => text.strengths.combinations,
      value: (strength) => (strength.allowedCombinations ?? []).map(combination).join("; "),
      grow: 3,
    },
    {
      id: "modified",
      title: () => text.policy.modified,
      value: (strength) => strength.modifiedDateTime ?? "",
      cell: (strength) => <Time at={strength.modifiedDateTime} />,
      isHidden: true,
    },
  ],
  filters: [],
  sort: { column: "name", descending: false },
  nameOf: (strength) => strength.displayName ?? strength.id,
  empty: () => ({ title: text.strengths.empty, hint: text.strengths.emptyHint }),
};
