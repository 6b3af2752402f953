import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import type { User } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Heading } from "../../parts/heading";
import { Failure, reason } from "../../parts/notice";
import { text } from "../../texts";
import { type Facts, USER } from "./facts";
import { Outcome } from "./outcome";
import { forgetPassword } from "./password";
import { Row } from "./row";
import { StepCard } from "./step-card";
import { current, isDone, removals, STEPS, type Step } from "./steps";
import { Task } from "./task";
import { type PartProps, useAction } from "./use-action";
import { useFacts } from "./use-facts";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    maxWidth: "900px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
  },
  end: { maxWidth: "900px", marginTop: tokens.spacingVerticalL },
  hint: { color: tokens.colorNeutralForeground2 },
  said: { minHeight: "20px", marginBottom: tokens.spacingVerticalS },
  refused: { maxWidth: "900px", marginBottom: tokens.spacingVerticalM },
});

/** The first run: from a test user to a dismissed risk, each step by one request or one command. */
export function StartPage() {
  const { value: me, failure, reload } = useResource<User>("/me?$select=id,userPrincipalName");
  return (
    <>
      <Heading title={text.start.title} lead={text.start.lead} />
      {failure && <Failure failure={failure} retry={reload} />}
      {me?.userPrincipalName && <Run name={`${USER}@${me.userPrincipalName.split("@").at(-1)}`} />}
    </>
  );
}

/** The steps of the test user of this name. */
function Run({ name }: { name: string }) {
  const styles = useStyles();
  const { facts, failure, look } = useFacts(name);
  const { act, isBusy, refused } = useAction(look);
  const now = facts && current(facts);
  return (
    <>
      <Announcement facts={facts} />
      {failure && <Failure failure={failure} retry={look} />}
      {refused && (
        <MessageBar className={styles.refused} intent="error" layout="multiline" role="alert">
          <MessageBarBody>{reason(refused)}</MessageBarBody>
        </MessageBar>
      )}
      {!facts && !failure && <Spinner label={text.list.loading} />}
      {facts && (
        <>
          <ol className={styles.list}>
            {STEPS.map((step) => (
              <StepCard key={step} step={step} state={isDone(step, facts) ? "done" : step === now ? "now" : "later"}>
                {isDone(step, facts) ? (
                  <Outcome step={step} facts={facts} isBusy={isBusy} act={act} />
                ) : (
                  step === now && <Task step={step} name={name} facts={facts} isBusy={isBusy} act={act} />
                )}
              </StepCard>
            ))}
          </ol>
          <End facts={facts} isBusy={isBusy} act={act} />
        </>
      )}
    </>
  );
}

/** The way out: at the end, and before it. */
function End({ facts, isBusy, act }: PartProps) {
  const styles = useStyles();
  const isFinished = current(facts) === null;
  const requests = removals(facts);
  return (
    <div className={styles.end}>
      {isFinished && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{text.start.finished}</MessageBarTitle> {text.start.finishedHint}
          </MessageBarBody>
        </MessageBar>
      )}
      {requests.length > 0 && (
        <div className={styles.end}>
          <Row>
            <Button disabledFocusable={isBusy} onClick={() => act(requests, forgetPassword)}>
              {text.start.remove}
            </Button>
            <Text size={200} className={styles.hint}>
              {text.start.removeHint}
            </Text>
          </Row>
        </div>
      )}
    </div>
  );
}

/** Tells a screen reader which step was just noticed as done. */
function Announcement({ facts }: { facts: Facts | null }) {
  const styles = useStyles();
  const [said, setSaid] = useState("");
  const before = useRef<Step[] | null>(null);
  useEffect(() => {
    if (!facts) return;
    const done = STEPS.filter((step) => isDone(step, facts));
    const fresh = before.current && done.filter((step) => !before.current?.includes(step));
    before.current = done;
    if (fresh?.length) setSaid(fresh.map((step) => text.start.noticed(text.start.steps[step].title)).join(" "));
  }, [facts]);
  return (
    <div role="status" className={styles.said}>
      <Text size={200}>{said}</Text>
    </div>
  );
}
