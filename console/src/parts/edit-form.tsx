import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { failureOf, type GraphFailure } from "../api/graph";
import { text } from "../texts";
import { Card } from "./card";
import { Refusal } from "./confirm";

const useStyles = makeStyles({
  form: { display: "grid", gap: tokens.spacingVerticalL, maxWidth: "640px" },
  buttons: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
});

interface Props {
  /** What is edited; another one is not saved yet. */
  draft: unknown;
  /** Whether there is enough to save. */
  isComplete: boolean;
  save: () => Promise<void>;
  children: ReactNode;
}

/** Fields of one object, saved together; what the server refuses is said below them. */
export function EditForm({ draft, isComplete, save, children }: Props) {
  const styles = useStyles();
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const [status, setStatus] = useState<"idle" | "saving" | "saved">("idle");
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed after saving is not saved
  useEffect(() => setStatus("idle"), [draft]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setStatus("saving");
    setFailure(null);
    try {
      await save();
      setStatus("saved");
    } catch (error) {
      setFailure(failureOf(error));
      setStatus("idle");
    }
  };
  return (
    <Card>
      <form className={styles.form} onSubmit={submit}>
        {children}
        <div className={styles.buttons}>
          <Button appearance="primary" type="submit" disabled={status === "saving" || !isComplete}>
            {text.policy.save}
          </Button>
          <Text role="status">{status === "saved" && text.policy.saved}</Text>
        </div>
        {failure && <Refusal failure={failure} />}
      </form>
    </Card>
  );
}
