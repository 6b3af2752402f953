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
  items: { maxHeight: "30vh", overflowY: "auto", overflowWrap: "anywhere" },
  failed: { color: tokens.colorPaletteRedForeground1 },
  done: { color: tokens.colorPaletteGreenForeground1 },
});

export type RiskAction = "dismiss" | "confirmCompromised" | "confirmSafe";

interface Subject {
  path: string;
  body: (id: string) => object;
  actions: RiskAction[];
}

const ALL: RiskAction[] = ["dismiss", "confirmCompromised", "confirmSafe"];

interface Words {
  name: string;
  question: (count: number) => string;
  effects: string[];
}

function wordsOf(subject: keyof typeof SUBJECTS, action: RiskAction): Words {
  const words: Partial<Record<RiskAction, Words>> = text.actions[subject];
  return words[action] ?? { name: action, question: () => action, effects: [] };
}

/** How Graph is told, by what is spoken of. */
const SUBJECTS = {
  users: { path: "/identityProtection/riskyUsers", body: (id) => ({ userIds: [id] }), actions: ALL },
  signIns: { path: "/auditLogs/signIns", body: (id) => ({ requestIds: [id] }), actions: ALL },
  servicePrincipals: {
    path: "/identityProtection/riskyServicePrincipals",
    body: (id) => ({ servicePrincipalIds: [id] }),
    // Graph has no other for applications.
    actions: ["dismiss", "confirmCompromised"],
  },
} satisfies Record<string, Subject>;

/** A user or a sign-in something is said about. */
export interface Item {
  id: string;
  name: string;
}

interface Props {
  subject: keyof typeof SUBJECTS;
  items: Item[];
  /** Whether the items are selected from a list, and how many are is said. */
  isSelection?: boolean;
  onDone: () => void;
}

/** What an administrator can say about risk. The buttons are there when nothing is selected too: they do not come and go. */
export function RiskActions({ subject, items, isSelection = false, onDone }: Props) {
  const styles = useStyles();
  const [action, setAction] = useState<RiskAction | null>(null);
  return (
    <div className={styles.bar}>
      {SUBJECTS[subject].actions.map((name) => (
        <Button key={name} disabled={items.length === 0} onClick={() => setAction(name)}>
          {wordsOf(subject, name).name}
        </Button>
      ))}
      {isSelection && (
        <Text size={200} role="status">
          {text.list.selected(items.length)}
        </Text>
      )}
      {action && (
        <ActionDialog
          subject={subject}
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
  subject: keyof typeof SUBJECTS;
  action: RiskAction;
  items: Item[];
  close: (isDone: boolean) => void;
}

/** Says what will happen, does it, and says what became of each. */
function ActionDialog({ subject, action, items: given, close }: DialogProps) {
  const styles = useStyles();
  const graph = useGraph();
  // The list behind may change meanwhile; what was asked for does not.
  const [items] = useState(given);
  const words = wordsOf(subject, action);
  const [done, setDone] = useState<number | null>(null);
  const [results, setResults] = useState<(GraphFailure | null)[] | null>(null);
  const run = async () => {
    setDone(0);
    const { path, body } = SUBJECTS[subject];
    const requests = items.map((item) => ({ method: "POST" as const, url: `${path}/${action}`, body: body(item.id) }));
    setResults(await graph.batch(requests, setDone));
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
