import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(220px, 1fr))",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`,
    margin: 0,
  },
  wide: { gridTemplateColumns: "1fr", gap: tokens.spacingVerticalS, marginBottom: tokens.spacingVerticalM },
  name: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, overflowWrap: "anywhere" },
});

interface Props {
  facts: [name: string, value: ReactNode][];
  /** One below the other, for values that are sentences. */
  isWide?: boolean;
}

/** Names with values; a fact without value is left out. */
export function Facts({ facts, isWide = false }: Props) {
  const styles = useStyles();
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl className={mergeClasses(styles.list, isWide && styles.wide)}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
