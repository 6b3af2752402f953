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
import type { Action } from "./actions";
import { reason } from "./notice";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS, minHeight: "32px" },
  list: { margin: `${tokens.spacingVerticalS} 0`, paddingLeft: tokens.spacingHorizontalXL },
  items: { maxHeight: "30vh", overflowY: "auto", overflowWrap: "anywhere" },
  failed: { color: tokens.colorPaletteRedForeground1 },
  done: { color: tokens.colorPaletteGreenForeground1 },
});

/** Something that is acted on. */
export interface Item {
  id: string;
  name: string;
}

interface Props {
  actions: Action[];
  items: Item[];
  /** Whether the items are selected from a list, and how many are is said. */
  isSelection?: boolean;
  onDone: () => void;
}

/** What an administrator can do. The buttons are there when nothing is selected too: they do not come and go. */
export function ActionBar({ actions, items, isSelection = false, onDone }: Props) {
  const styles = useStyles();
  const [action, setAction] = useState<Action | null>(null);
  return (
    <div className={styles.bar}>
      {actions.map((one) => (
        <Button key={one.id} disabled={items.length === 0} onClick={() => setAction(one)}>
          {one.words().name}
        </Button>
      ))}
      {isSelection && (
        <Text size={200} role="status">
          {text.list.selected(items.length)}
        </Text>
      )}
      {action && (
        <ActionDialog
          action={action}
          items={items}
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
  action: Action;
  items: Item[];
  close: (isDone: boolean) => void;
}

/** Says what will happen, does it, and says what became of each. */
function ActionDialog({ action, items: given, close }: DialogProps) {
  const styles = useStyles();
  const graph = useGraph();
  // The list behind may change meanwhile; what was asked for does not.
  const [items] = useState(given);
  const words = action.words();
  const [done, setDone] = useState<number | null>(null);
  const [results, setResults] = useState<(GraphFailure | null)[] | null>(null);
  const run = async () => {
    setDone(0);
    setResults(
      await graph.batch(
        items.map((item) => action.request(item.id)),
        setDone,
      ),
    );
  };
  const isRunning = done !== null && results === null;
  const failed = results?.filter((result) => result !== null).length ?? 0;
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => !data.open && !isRunning && close(results !== null)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.question(items.length)}</DialogTitle>
          <DialogContent>
            {results === null && (
              <ul className={styles.list}>
                {words.effects.map((effect) => (
                  <li key={effect}>{effect}</li>
                ))}
              </ul>
            )}
            {isRunning && (
              <ProgressBar max={items.length} value={done} aria-label={text.actions.doing(done, items.length)} />
            )}
            {results && <Text role="status">{text.actions.summary(items.length - failed, failed)}</Text>}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
            <section className={styles.items} aria-label={text.actions.affects} tabIndex={0}>
              <ul className={styles.list}>
                {items.map((item, index) => (
                  <li key={item.id}>
                    {item.name}
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
                  {words.name}
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
