import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { Page } from "../api/graph";
import { withOptions } from "../api/odata";
import type { ConditionalAccessPolicy } from "../api/types";
import { useResource } from "../api/use-resource";
import { PolicyStateBadge } from "../lists/policies";
import { Link } from "../navigation/link";
import { text } from "../texts";
import { Card, Section } from "./card";
import { Failure } from "./notice";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
});

/** How a policy names something. */
export type Naming = "included" | "excluded" | "demanded";

const POLICIES = withOptions("/identity/conditionalAccess/policies", {
  $select: "id,displayName,state,conditions,grantControls",
  $top: 999,
});

interface Props {
  /** How this policy names it; `null` if it does not. */
  how: (policy: ConditionalAccessPolicy) => Naming | null;
}

/** The policies that name something, and how. */
export function NamingPolicies({ how }: Props) {
  const styles = useStyles();
  const { value, failure, reload } = useResource<Page<ConditionalAccessPolicy>>(POLICIES);
  const naming = value?.value.flatMap((policy) => {
    const way = how(policy);
    return way ? [{ policy, way }] : [];
  });
  return (
    <Section title={text.naming.title}>
      {failure && <Failure failure={failure} retry={reload} />}
      {naming && (
        <Card>
          <ul className={styles.list}>
            {naming.map(({ policy, way }) => (
              <li key={policy.id} className={styles.item}>
                <Link to={`/policies/${policy.id}`}>{policy.displayName}</Link>
                <PolicyStateBadge state={policy.state} />
                <Text size={200}>{text.naming[way]}</Text>
              </li>
            ))}
          </ul>
          {naming.length === 0 && <Text>{text.naming.none}</Text>}
        </Card>
      )}
    </Section>
  );
}

/** Whether `value` is in one of the lists; an exclusion weighs more. */
export function namedIn(
  value: string,
  included: (string[] | null | undefined)[],
  excluded: (string[] | null | undefined)[] = [],
): Naming | null {
  const isIn = (lists: (string[] | null | undefined)[]) =>
    lists.some((list) => list?.some((one) => one.toLowerCase() === value.toLowerCase()));
  if (isIn(excluded)) return "excluded";
  return isIn(included) ? "included" : null;
}
