import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { CodeBlock } from "../../explorer/code-block";
import { text } from "../../texts";

const useStyles = makeStyles({
  around: { marginTop: tokens.spacingVerticalS },
  hint: { color: tokens.colorNeutralForeground2 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** A command to copy. */
export function CommandCard({ command, children }: { command: string; children?: string }) {
  const styles = useStyles();
  const [copied, setCopied] = useState(false);
  return (
    <div className={styles.around}>
      <div className={styles.head}>
        <Text weight="semibold">{text.start.command}</Text>
        <Button size="small" onClick={() => navigator.clipboard.writeText(command).then(() => setCopied(true))}>
          {copied ? text.start.copied : text.start.copy}
        </Button>
      </div>
      <CodeBlock label={text.start.command} wrap>
        {command}
      </CodeBlock>
      <Text size={200} className={styles.hint}>
        {text.start.commandHint} {children}
      </Text>
    </div>
  );
}
