import { makeStyles, Skeleton, SkeletonItem, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Link } from "../../navigation/link";
import { text } from "../../texts";
import { locale, number } from "../../texts/format";

const useStyles = makeStyles({
  tiles: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(150px, 1fr))",
    gap: tokens.spacingHorizontalM,
  },
  tile: {
    display: "flex",
    flexDirection: "column",
    padding: tokens.spacingHorizontalL,
    color: tokens.colorNeutralForeground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    textDecorationLine: "none",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  number: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    minHeight: tokens.lineHeightHero700,
  },
  quiet: { color: tokens.colorNeutralForeground2, minHeight: tokens.lineHeightBase200 },
});

export function Tiles({ children }: { children: ReactNode }) {
  return <div className={useStyles().tiles}>{children}</div>;
}

interface Props {
  name: string;
  /** Path of the page with what is counted. */
  to: string;
  query?: URLSearchParams;
  /** `undefined` while it is counted. */
  count: number | undefined;
  /** Whether it is said which share of `of` it is. */
  isShare?: boolean;
  of?: number | undefined;
}

/** A figure that leads to what it counts. */
export function Tile({ name, to, query, count, isShare = false, of }: Props) {
  const styles = useStyles();
  const share = count !== undefined && of ? count / of : undefined;
  return (
    <Link bare to={to} {...(query ? { query } : {})} className={styles.tile}>
      <Text size={200}>{name}</Text>
      <Text className={styles.number} weight="semibold">
        {count === undefined ? (
          <Skeleton aria-label={text.list.loading}>
            <SkeletonItem size={24} />
          </Skeleton>
        ) : (
          number(count)
        )}
      </Text>
      {isShare && (
        <Text size={200} className={styles.quiet}>
          {share !== undefined &&
            text.overview.share(new Intl.NumberFormat(locale(), { style: "percent" }).format(share))}
        </Text>
      )}
    </Link>
  );
}
