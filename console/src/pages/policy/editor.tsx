import { Button, Field, makeStyles, Tab, TabList, Text, Textarea, tokens } from "@fluentui/react-components";
import { useEffect, useMemo, useState } from "react";
import { failureOf, type GraphFailure } from "../../api/graph";
import type { ConditionalAccessPolicy } from "../../api/types";
import { Card, Section } from "../../parts/card";
import { Refusal } from "../../parts/confirm";
import { Findings } from "../../parts/findings";
import { text } from "../../texts";
import { sentence } from "../../texts/policy";
import { written as asText, parse, toChange, toText } from "./editable";
import { Form } from "./form";
import { ImpactSection } from "./impact-section";
import { ALLOW_LOCKOUT, closingPolicies, LockoutRefusal } from "./lockout";
import { TryIt } from "./try-it";
import { useChecked } from "./use-checked";

const useStyles = makeStyles({
  text: {
    width: "100%",
    maxHeight: "none",
    "& textarea": { fontFamily: tokens.fontFamilyMonospace, minHeight: "420px", maxHeight: "none", minWidth: 0 },
  },
  buttons: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    margin: `${tokens.spacingVerticalM} 0`,
  },
  tabs: { marginBottom: tokens.spacingVerticalL },
  sentence: { display: "block", margin: `${tokens.spacingVerticalM} 0`, fontWeight: tokens.fontWeightSemibold },
});

interface Props {
  stored: ConditionalAccessPolicy;
  /** Whether it is saved as a whole, since nothing is stored yet. */
  isNew?: boolean;
  save: (change: Record<string, unknown>, headers: Record<string, string>) => Promise<void>;
}

/**
 * The whole policy, as a form and as text. The text is what is edited: the form reads it and writes it, so one can switch at any
 * time and loses nothing. While it is edited, it is said what it does, and what the server thinks of it.
 */
export function Editor({ stored, isNew = false, save }: Props) {
  const styles = useStyles();
  const first = toText(stored);
  const [written, setWritten] = useState(first);
  const [view, setView] = useState<"form" | "json">("form");
  const [refused, setRefused] = useState<GraphFailure | null>(null);
  const [status, setStatus] = useState<"idle" | "saving" | "saved">("idle");
  // What was saved, or switched elsewhere on the page, is what is edited from then on.
  useEffect(() => setWritten(first), [first]);
  const id = useMemo(() => stored.id || crypto.randomUUID(), [stored.id]);
  const parsed = useMemo(() => parse(written), [written]);
  const document = "value" in parsed ? parsed.value : null;
  const { findings, failure: wrong } = useChecked(document, id);
  const failure = refused ?? wrong;
  const isChanged = written !== first || isNew;
  const edit = (next: string) => {
    setWritten(next);
    setRefused(null);
    setStatus("idle");
  };
  const run = async (headers: Record<string, string> = {}) => {
    if (!document) return;
    setStatus("saving");
    setRefused(null);
    try {
      await save(isNew ? document : toChange(document, stored), headers);
      setStatus("saved");
    } catch (error) {
      setRefused(failureOf(error));
      setStatus("idle");
    }
  };
  const closing = closingPolicies(refused);
  const shown = document ? view : "json";
  return (
    <>
      <Section title={text.editor.title}>
        <Card>
          <TabList
            className={styles.tabs}
            selectedValue={shown}
            onTabSelect={(_, data) => setView(data.value as typeof view)}
          >
            <Tab value="form" disabled={!document}>
              {text.editor.form}
            </Tab>
            <Tab value="json">{text.editor.json}</Tab>
          </TabList>
          {shown === "form" && document ? (
            <Form document={document} change={(next) => edit(asText(next))} failure={failure} />
          ) : (
            <AsText
              written={written}
              problem={"problem" in parsed ? parsed.problem : (failure?.target && failure.message) || null}
              edit={edit}
            />
          )}
          {document && <Text className={styles.sentence}>{inWords(document)}</Text>}
          <Findings findings={findings} />
          <div className={styles.buttons}>
            <Button
              appearance="primary"
              disabled={!isChanged || document === null || status === "saving"}
              onClick={() => run()}
            >
              {text.policy.save}
            </Button>
            <Button disabled={written === first} onClick={() => edit(first)}>
              {text.policy.discard}
            </Button>
            <Text role="status">{status === "saved" && text.policy.saved}</Text>
          </div>
          {closing ? (
            <LockoutRefusal closing={closing} override={() => run(ALLOW_LOCKOUT)} />
          ) : (
            failure && <Refusal failure={failure} />
          )}
        </Card>
      </Section>
      <TryIt document={document} id={id} />
      <ImpactSection document={document} id={id} />
    </>
  );
}

interface AsTextProps {
  written: string;
  problem: string | null;
  edit: (written: string) => void;
}

function AsText({ written, problem, edit }: AsTextProps) {
  const styles = useStyles();
  return (
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
        onChange={(_, data) => edit(data.value)}
      />
    </Field>
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
