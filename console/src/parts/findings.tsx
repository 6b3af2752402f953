import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
import type { Finding } from "../api/annotations";
import { Link } from "../navigation/link";
import { text } from "../texts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0, display: "grid", gap: tokens.spacingVerticalS },
});

const INTENTS = { error: "error", warning: "warning", information: "info" } as const;

interface Props {
  findings: Finding[];
  /** Whether each says which policy it is about. */
  withPolicy?: boolean;
}

/** What is valid in policies and probably not meant, each with what to do about it. */
export function Findings({ findings, withPolicy = false }: Props) {
  const styles = useStyles();
  if (findings.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={text.editor.findings}>
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.policyId} ${finding.problem}`}>
          <MessageBar intent={INTENTS[finding.severity]} layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>
                {text.editor.severities[finding.severity]}
                {withPolicy && (
                  <>
                    : <Link to={`/policies/${finding.policyId}`}>{finding.policyName}</Link>
                  </>
                )}
              </MessageBarTitle>{" "}
              {finding.problem} {finding.remedy}
            </MessageBarBody>
          </MessageBar>
        </li>
      ))}
    </ul>
  );
}
