import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  around: {
    marginTop: tokens.spacingVerticalS,
    overflow: "auto",
    maxHeight: "70vh",
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  code: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  wrapped: { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
});

interface Props {
  label: string;
  /** Whether long lines are broken; a program stays as it is. */
  wrap?: boolean;
  children: ReactNode;
}

/** Text of a machine, which scrolls, with the keyboard too. */
export function CodeBlock({ label, wrap = false, children }: Props) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className={styles.around} tabIndex={0} aria-label={label} translate="no">
      <pre className={wrap ? `${styles.code} ${styles.wrapped}` : styles.code}>{children}</pre>
    </section>
  );
}
