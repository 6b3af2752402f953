import { Button, makeStyles, OverlayDrawer, Text, tokens } from "@fluentui/react-components";
import { NavigationRegular } from "@fluentui/react-icons/svg/navigation";
import { ShieldCheckmarkFilled } from "@fluentui/react-icons/svg/shield-checkmark";
import { type ReactNode, useEffect, useState } from "react";
import type { Session } from "../auth/session";
import { usePlace } from "../navigation/router";
import { text } from "../texts";
import { AccountMenu } from "./account-menu";
import { Navigation } from "./navigation";
import type { ThemeChoice } from "./theme";

const NARROW = "@media (max-width: 900px)";

const useStyles = makeStyles({
  page: {
    minHeight: "100vh",
    display: "grid",
    gridTemplateRows: "auto 1fr",
    gridTemplateColumns: "232px minmax(0, 1fr)",
    backgroundColor: tokens.colorNeutralBackground2,
    [NARROW]: { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  skip: {
    position: "absolute",
    left: "-10000px",
    ":focus": {
      left: "8px",
      top: "8px",
      zIndex: 10,
      padding: "8px 12px",
      backgroundColor: tokens.colorNeutralBackground1,
      color: tokens.colorNeutralForeground1,
    },
  },
  header: {
    gridColumnStart: 1,
    gridColumnEnd: -1,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minHeight: "48px",
    padding: `0 ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  brand: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, color: tokens.colorBrandForeground1 },
  name: { color: tokens.colorNeutralForeground1 },
  space: { flexGrow: 1 },
  menu: { display: "none", [NARROW]: { display: "inline-flex" } },
  side: {
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [NARROW]: { display: "none" },
  },
  drawer: { padding: tokens.spacingHorizontalM },
  content: {
    minWidth: 0,
    maxWidth: "1680px",
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXXL}`,
    "@media (max-width: 640px)": { padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalM}` },
  },
});

interface Props {
  session: Session;
  theme: ThemeChoice;
  onTheme: (choice: ThemeChoice) => void;
  children: ReactNode;
}

/** What is around every page. */
export function Shell({ session, theme, onTheme, children }: Props) {
  const styles = useStyles();
  const { path } = usePlace();
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever went somewhere needs the navigation no more
  useEffect(() => setOpen(false), [path]);
  return (
    <div className={styles.page}>
      <a className={styles.skip} href="#content">
        {text.skipToContent}
      </a>
      <header className={styles.header}>
        <Button
          className={styles.menu}
          appearance="subtle"
          icon={<NavigationRegular />}
          aria-label={text.openNavigation}
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
        />
        <span className={styles.brand}>
          <ShieldCheckmarkFilled fontSize={24} aria-hidden />
          <Text className={styles.name} weight="semibold">
            {text.product}
          </Text>
        </span>
        <span className={styles.space} />
        <AccountMenu session={session} theme={theme} onTheme={onTheme} />
      </header>
      <div className={styles.side}>
        <Navigation path={path} />
      </div>
      <OverlayDrawer
        open={isOpen}
        size="small"
        onOpenChange={(_, data) => setOpen(data.open)}
        aria-label={text.navigation}
      >
        <div className={styles.drawer}>
          <Button appearance="subtle" onClick={() => setOpen(false)}>
            {text.close}
          </Button>
          <Navigation path={path} />
        </div>
      </OverlayDrawer>
      <main className={styles.content} id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
