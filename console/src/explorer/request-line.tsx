import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  row: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "baseline", minWidth: 0, width: "100%" },
  method: {
    flexShrink: 0,
    width: "4.2em",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  writes: { color: tokens.colorPaletteDarkOrangeForeground1 },
  title: { minWidth: 0, overflowWrap: "anywhere" },
});

/** Method and title of a request, as lists show it. */
export function RequestLine({ method, title }: { method: string; title: string }) {
  const styles = useStyles();
  return (
    <span className={styles.row}>
      <span className={mergeClasses(styles.method, method !== "GET" && styles.writes)}>{method}</span>
      <span className={styles.title}>{title}</span>
    </span>
  );
}
