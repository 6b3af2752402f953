import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  ProgressBar,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../api/context";
import type { GraphFailure } from "../api/graph";
import { text } from "../texts";
import { reason } from "./notice";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS, minHeight: "32px" },
  list: { margin: `${tokens.spacingVerticalS} 0`, paddingLeft: tokens.spacingHorizontalXL },
  people: { maxHeight: "30vh", overflowY: "auto", overflowWrap: "anywhere" },
  failed: { color: tokens.colorPaletteRedForeground1 },
  done: { color: tokens.colorPaletteGreenForeground1 },
});

export type UserAction = "dismiss" | "confirmCompromised" | "confirmSafe";
const ACTIONS: UserAction[] = ["dismiss", "confirmCompromised", "confirmSafe"];

/** A user something is done about. */
export interface Person {
  id: string;
  name: string;
}

interface Props {
  people: Person[];
  /** What is shown when nobody is selected, so that buttons do not come and go. */
  isSelection?: boolean;
  onDone: () => void;
}

/** What an administrator can say about users at risk. */
export function UserActions({ people, isSelection = false, onDone }: Props) {
  const styles = useStyles();
  const [action, setAction] = useState<UserAction | null>(null);
  return (
    <div className={styles.bar}>
      {ACTIONS.map((name) => (
        <Button key={name} disabled={people.length === 0} onClick={() => setAction(name)}>
          {text.actions[name].name}
        </Button>
      ))}
      {isSelection && (
        <Text size={200} role="status">
          {text.list.selected(people.length)}
        </Text>
      )}
      {action && (
        <ActionDialog
          action={action}
          people={people}
          close={(isDone) => {
            setAction(null);
            if (isDone) onDone();
          }}
        />
      )}
    </div>
  );
}

interface DialogProps {
  action: UserAction;
  people: Person[];
  close: (isDone: boolean) => void;
}

/** Says what will happen, does it, and says what became of each. */
function ActionDialog({ action, people: given, close }: DialogProps) {
  const styles = useStyles();
  const graph = useGraph();
  // The list behind may change meanwhile; what was asked for does not.
  const [people] = useState(given);
  const [done, setDone] = useState<number | null>(null);
  const [results, setResults] = useState<(GraphFailure | null)[] | null>(null);
  const run = async () => {
    setDone(0);
    const url = `/identityProtection/riskyUsers/${action}`;
    const requests = people.map((person) => ({ method: "POST" as const, url, body: { userIds: [person.id] } }));
    setResults(await graph.batch(requests, setDone));
  };
  const isRunning = done !== null && results === null;
  const failed = results?.filter((result) => result !== null).length ?? 0;
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => !data.open && !isRunning && close(results !== null)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{text.actions[action].question(people.length)}</DialogTitle>
          <DialogContent>
            {results === null && (
              <ul className={styles.list}>
                {text.actions[action].effects.map((effect) => (
                  <li key={effect}>{effect}</li>
                ))}
              </ul>
            )}
            {isRunning && (
              <ProgressBar max={people.length} value={done} aria-label={text.actions.doing(done, people.length)} />
            )}
            {results && <Text role="status">{text.actions.summary(people.length - failed, failed)}</Text>}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
            <section className={styles.people} aria-label={text.actions.affects} tabIndex={0}>
              <ul className={styles.list}>
                {people.map((person, index) => (
                  <li key={person.id}>
                    {person.name}
                    {results && <Result failure={results[index] ?? null} />}
                  </li>
                ))}
              </ul>
            </section>
          </DialogContent>
          <DialogActions>
            {results === null ? (
              <>
                <Button disabled={isRunning} onClick={() => close(false)}>
                  {text.cancel}
                </Button>
                <Button appearance="primary" disabled={isRunning} onClick={run}>
                  {text.actions[action].name}
                </Button>
              </>
            ) : (
              <Button appearance="primary" onClick={() => close(true)}>
                {text.close}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Result({ failure }: { failure: GraphFailure | null }) {
  const styles = useStyles();
  if (failure) return <span className={styles.failed}> — {text.actions.failed(reason(failure))}</span>;
  return <span className={styles.done}> — {text.actions.done}</span>;
}
