import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { failureOf, type GraphFailure } from "../api/graph";
import { text } from "../texts";
import { reason } from "./notice";

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalS} 0`, paddingLeft: tokens.spacingHorizontalXL },
});

interface Props {
  question: string;
  /** What will happen. */
  effects: string[];
  /** The name of the button that does it. */
  label: string;
  /** Does it; what it throws is shown, and the question stays. */
  run: () => Promise<void>;
  close: () => void;
  /** What else belongs to the question. */
  children?: ReactNode;
}

/** Asks before something is done, and says what will happen. */
export function Confirm({ question, effects, label, run, close, children }: Props) {
  const styles = useStyles();
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const go = async () => {
    setRunning(true);
    try {
      await run();
      close();
    } catch (error) {
      setFailure(failureOf(error));
      setRunning(false);
    }
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => !data.open && !isRunning && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{question}</DialogTitle>
          <DialogContent>
            <ul className={styles.list}>
              {effects.map((effect) => (
                <li key={effect}>{effect}</li>
              ))}
            </ul>
            {children}
            {failure && <Refusal failure={failure} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={isRunning} onClick={close}>
              {text.cancel}
            </Button>
            <Button appearance="primary" disabled={isRunning} onClick={go}>
              {label}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Why something was not done. */
export function Refusal({ failure }: { failure: GraphFailure }) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{text.failure.refused}</MessageBarTitle> {reason(failure)}
      </MessageBarBody>
    </MessageBar>
  );
}
