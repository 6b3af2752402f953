import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef } from "react";
import { text } from "../texts";

const useStyles = makeStyles({
  row: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "flex-start",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalL,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    outlineStyle: "none",
  },
  lead: { color: tokens.colorNeutralForeground2 },
  beside: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
});

interface Props {
  title: string;
  lead?: ReactNode;
  /** What can be done here. */
  children?: ReactNode;
}

/** The title of a page. It takes the focus when the page is come to, so that a screen reader says where one is. */
export function Heading({ title, lead, children }: Props) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${text.product}`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={styles.row}>
      <div>
        <h1 className={styles.title} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <Text className={styles.lead}>{lead}</Text>}
      </div>
      {children && <div className={styles.beside}>{children}</div>}
    </div>
  );
}
