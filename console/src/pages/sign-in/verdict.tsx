import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
import type { Decision, ExplainedSignIn } from "../../api/annotations";
import { text } from "../../texts";
import { changes, controls } from "../../texts/decision";

const useStyles = makeStyles({
  bar: { marginBottom: tokens.spacingVerticalXL },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

/** What became of a sign-in, in one sentence. */
export function verdict(signIn: ExplainedSignIn): string {
  const decision = signIn["@riskgate.conditionalAccess"];
  const code = signIn.status?.errorCode ?? 0;
  if (code === 0) return text.signIn.granted;
  if (decision?.result === "interrupted") return text.signIn.interrupted(controls(decision.controls));
  if (decision?.result === "blocked") return text.signIn.blocked;
  return text.signIn.failed;
}

/** The answer to "why", before everything else. */
export function Verdict({ signIn }: { signIn: ExplainedSignIn }) {
  const styles = useStyles();
  const decision = signIn["@riskgate.conditionalAccess"];
  const code = signIn.status?.errorCode ?? 0;
  return (
    <MessageBar
      className={styles.bar}
      intent={code === 0 ? "success" : decision?.result === "interrupted" ? "warning" : "error"}
      layout="multiline"
      role="group"
      aria-label={text.fields.status}
    >
      <MessageBarBody>
        <MessageBarTitle>{verdict(signIn)}</MessageBarTitle>{" "}
        {code !== 0 && `${signIn.status?.failureReason ?? ""} (${code})`}
        {code !== 0 && decision && <WhatWouldHelp decision={decision} />}
      </MessageBarBody>
    </MessageBar>
  );
}

/** The smallest changes that give access. */
export function WhatWouldHelp({ decision }: { decision: Decision }) {
  const styles = useStyles();
  if (decision.result === "granted") return null;
  if (decision.smallestChanges.length === 0) return <p>{text.signIn.nothingWouldHelp}</p>;
  return (
    <>
      <p>{text.signIn.whatWouldHelp}</p>
      <ul className={styles.list}>
        {decision.smallestChanges.map((set) => (
          <li key={changes(set)}>{text.signIn.whatWouldHelpOne(changes(set))}</li>
        ))}
      </ul>
    </>
  );
}
