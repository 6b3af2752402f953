import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ShieldCheckmarkFilled } from "@fluentui/react-icons/svg/shield-checkmark";
import type { ExplorerSession } from "../auth/explorer-session";
import { AccountMenu } from "../shell/account-menu";
import type { ThemeChoice } from "../shell/theme";
import { text } from "../texts";

const useStyles = makeStyles({
  header: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minHeight: "48px",
    padding: `0 ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  shield: { color: tokens.colorBrandForeground1 },
  link: { color: tokens.colorBrandForegroundLink, marginLeft: tokens.spacingHorizontalM },
  space: { flexGrow: 1 },
});

interface Props {
  session: ExplorerSession | null;
  theme: ThemeChoice;
  onTheme: (choice: ThemeChoice) => void;
  onSignIn: () => void;
}

/** What is above: the name, the way to the console, who is signed in. */
export function ExplorerHeader({ session, theme, onTheme, onSignIn }: Props) {
  const styles = useStyles();
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>
        <ShieldCheckmarkFilled className={styles.shield} fontSize={24} aria-hidden />
        {`${text.product} ${text.explorer.title}`}
      </h1>
      <a className={styles.link} href="/admin/">
        {text.explorer.console}
      </a>
      <span className={styles.space} />
      {!session && (
        <Button appearance="primary" onClick={onSignIn}>
          {text.explorer.signIn}
        </Button>
      )}
      <AccountMenu session={session} theme={theme} onTheme={onTheme} />
    </header>
  );
}
