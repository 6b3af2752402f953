import {
  FluentProvider,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Tab,
  TabList,
  tokens,
} from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { Beginning } from "../auth/explorer-session";
import { useTheme } from "../shell/theme";
import { text } from "../texts";
import { AnswerPane } from "./answer-pane";
import { useDescription } from "./description";
import { ExplorerHeader } from "./header";
import { HistoryPane } from "./history-pane";
import { leadsTo } from "./links";
import { missing, ruleOf } from "./operations";
import { pathOf, request } from "./request";
import { RequestBar } from "./request-bar";
import { RequestTabs } from "./request-tabs";
import { SamplesPane } from "./samples-pane";
import { useExplorer } from "./state";

const NARROW = "@media (max-width: 900px)";

const useStyles = makeStyles({
  page: { minHeight: "100vh", backgroundColor: tokens.colorNeutralBackground2 },
  columns: {
    display: "grid",
    gridTemplateColumns: "300px minmax(0, 1fr)",
    gap: tokens.spacingHorizontalL,
    padding: tokens.spacingHorizontalL,
    maxWidth: "1680px",
    [NARROW]: { gridTemplateColumns: "minmax(0, 1fr)", padding: tokens.spacingHorizontalM },
  },
  panel: {
    minWidth: 0,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  side: {
    maxHeight: "calc(100vh - 130px)",
    overflowY: "auto",
    gridColumnStart: 1,
    gridRowStart: 1,
    [NARROW]: { gridColumnStart: "auto", gridRowStart: "auto", maxHeight: "none" },
  },
  // The request comes first for the keyboard and on a phone; the samples are beside it where there is room.
  work: {
    gridColumnStart: 2,
    [NARROW]: { gridColumnStart: "auto" },
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    minWidth: 0,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  heading: { margin: `0 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase400 },
  tabs: { marginBottom: tokens.spacingVerticalS },
});

interface Props {
  beginning: Beginning;
  /** What was behind the '#' when the page was opened. */
  hash: string;
}

/** Trying Graph: samples and history at the side, the request, and what came back. */
export function ExplorerApp({ beginning, hash }: Props) {
  const styles = useStyles();
  const { theme, choice, choose } = useTheme();
  const { schema, rules, isMissing } = useDescription();
  const explorer = useExplorer(beginning, hash);
  const [side, setSide] = useState("samples");
  useEffect(() => {
    document.title = `${text.explorer.title} · ${text.product}`;
  }, []);
  const { session, refusal, signIn } = beginning;
  const path = pathOf(explorer.request.url);
  const rule = ruleOf(rules, explorer.request.method, path);
  const consent = (permissions: string[]) => session?.consent(permissions);
  const answer = explorer.answer;
  const answered = answer && ruleOf(rules, answer.asked.method, pathOf(answer.asked.url));
  const { origin } = window.location;
  return (
    <FluentProvider theme={theme}>
      <div className={styles.page}>
        <ExplorerHeader session={session} theme={choice} onTheme={choose} onSignIn={signIn} />
        <main className={styles.columns} id="content">
          <div className={styles.work}>
            {refusal && (
              <MessageBar intent="error" layout="multiline" role="alert">
                <MessageBarBody>
                  <MessageBarTitle>{text.signInFailed}</MessageBarTitle> {refusal}
                </MessageBarBody>
              </MessageBar>
            )}
            {isMissing && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{text.explorer.noDescription}</MessageBarBody>
              </MessageBar>
            )}
            <section className={styles.panel} aria-label={text.explorer.request}>
              <RequestBar explorer={explorer} schema={schema} rules={rules} />
              <RequestTabs
                explorer={explorer}
                schema={schema}
                rule={rule}
                setting={{
                  origin,
                  tenantId: session?.tenantId ?? null,
                  userPrincipalName: session?.userPrincipalName ?? null,
                  permissions: rule?.applicationPermissions[0] ?? [],
                }}
                onConsent={consent}
              />
            </section>
            <section className={styles.panel} aria-label={text.explorer.answer}>
              <h2 className={styles.heading}>{text.explorer.answer}</h2>
              {answer ? (
                <AnswerPane
                  answer={answer}
                  isSignedIn={session !== null}
                  lacking={answered && explorer.held ? missing(answered, pathOf(answer.asked.url), explorer.held) : []}
                  lead={(from, member, value, depth) => leadsTo(rules, origin, from.asked.url, member, value, depth)}
                  onFollow={(url) => explorer.run(request("GET", url))}
                  onConsent={consent}
                  onSignIn={(claims) => (session ? session.again(claims) : signIn())}
                />
              ) : (
                text.explorer.noAnswerYet
              )}
            </section>
          </div>
          <div className={`${styles.panel} ${styles.side}`}>
            <TabList
              className={styles.tabs}
              selectedValue={side}
              onTabSelect={(_, { value }) => setSide(String(value))}
              aria-label={text.explorer.side}
            >
              <Tab value="samples">{text.explorer.samples.title}</Tab>
              <Tab value="history">{text.explorer.history}</Tab>
            </TabList>
            {side === "samples" ? (
              <SamplesPane onPick={(sample) => explorer.open(sample.request)} />
            ) : (
              <HistoryPane entries={explorer.history} onPick={explorer.open} onForget={explorer.forget} />
            )}
          </div>
        </main>
      </div>
    </FluentProvider>
  );
}
