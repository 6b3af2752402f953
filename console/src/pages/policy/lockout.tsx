import {
  Button,
  Checkbox,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import type { GraphFailure } from "../../api/graph";
import { text } from "../../texts";

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalXS} 0`, paddingLeft: tokens.spacingHorizontalXL },
});

/** The header that says a change is meant although nobody could undo it. */
export const ALLOW_LOCKOUT = { Prefer: "include-unknown-enum-members, riskgate.allow-lockout" };

/** The policies that would close every way in; `null` if something else was refused. */
export function closingPolicies(failure: GraphFailure | null): string[] | null {
  const found = failure?.details.filter(({ code }) => code === "LocksAdministratorsOut") ?? [];
  return found.length > 0 ? found.map(({ message }) => message) : null;
}

interface Props {
  closing: string[];
  /** Saves it all the same. */
  override: () => void;
}

/** What the server proved: that no administrator could undo the change. It is made only if that is said to be meant. */
export function LockoutRefusal({ closing, override }: Props) {
  const styles = useStyles();
  const [isMeant, setMeant] = useState(false);
  const said = text.editor.lockout;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{said.title}</MessageBarTitle> {said.proof}
        <ul className={styles.list}>
          {closing.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        {said.remedy}
        <div>
          <Checkbox label={said.meant} checked={isMeant} onChange={(_, data) => setMeant(data.checked === true)} />
        </div>
      </MessageBarBody>
      <MessageBarActions>
        <Button disabled={!isMeant} onClick={override}>
          {said.override}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
