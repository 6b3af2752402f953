import { Button, Field, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { failureOf, type GraphFailure } from "../../api/graph";
import type { ConditionalAccessPolicy } from "../../api/types";
import { Card, Section } from "../../parts/card";
import { Refusal } from "../../parts/confirm";
import { text } from "../../texts";
import { sentence } from "../../texts/policy";
import { parse, toChange, toText } from "./editable";

const useStyles = makeStyles({
  text: {
    width: "100%",
    maxHeight: "none",
    "& textarea": { fontFamily: tokens.fontFamilyMonospace, minHeight: "420px", maxHeight: "none", minWidth: 0 },
  },
  buttons: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalS,
    margin: `${tokens.spacingVerticalM} 0`,
  },
  sentence: { display: "block", marginTop: tokens.spacingVerticalM },
});

interface Props {
  stored: ConditionalAccessPolicy;
  /** Whether it is saved as a whole, since nothing is stored yet. */
  isNew?: boolean;
  save: (change: Record<string, unknown>) => Promise<void>;
}

/** The whole policy as text. While it is written, it is said in words what it does. */
export function Editor({ stored, isNew = false, save }: Props) {
  const styles = useStyles();
  const first = toText(stored);
  const [written, setWritten] = useState(first);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const [status, setStatus] = useState<"idle" | "saving" | "saved">("idle");
  // What was saved, or switched elsewhere on the page, is what is edited from then on.
  useEffect(() => setWritten(first), [first]);
  const parsed = parse(written);
  const problem = "problem" in parsed ? parsed.problem : null;
  const isChanged = written !== first || isNew;
  const run = async () => {
    if (!("value" in parsed)) return;
    setStatus("saving");
    setFailure(null);
    try {
      await save(isNew ? parsed.value : toChange(parsed.value, stored));
      setStatus("saved");
    } catch (error) {
      setFailure(failureOf(error));
      setStatus("idle");
    }
  };
  return (
    <Section title={text.policy.json}>
      <Card>
        <Field
          label={text.policy.json}
          hint={text.policy.jsonHint}
          {...(problem ? { validationState: "error" as const, validationMessage: problem } : {})}
        >
          <Textarea
            className={styles.text}
            value={written}
            spellCheck={false}
            resize="vertical"
            onChange={(_, data) => {
              setWritten(data.value);
              setStatus("idle");
            }}
          />
        </Field>
        {"value" in parsed && <Text className={styles.sentence}>{inWords(parsed.value)}</Text>}
        <div className={styles.buttons}>
          <Button appearance="primary" disabled={!isChanged || problem !== null || status === "saving"} onClick={run}>
            {text.policy.save}
          </Button>
          <Button disabled={written === first} onClick={() => setWritten(first)}>
            {text.policy.discard}
          </Button>
          <Text role="status">{status === "saved" && text.policy.saved}</Text>
        </div>
        {failure && <Refusal failure={failure} />}
      </Card>
    </Section>
  );
}

/** What is written may be a policy in part only; then there is nothing to say about it yet. */
function inWords(written: Record<string, unknown>): string {
  try {
    return sentence({ id: "", ...written } as ConditionalAccessPolicy);
  } catch {
    return "";
  }
}
