import { Button, Field, makeStyles, ProgressBar, Select, Text, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import type { ImpactPart } from "../../api/annotations";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import { Card, Section } from "../../parts/card";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import type { Properties } from "./document";
import { type Impact, nothingYet, withPart } from "./impact";
import { ImpactResult } from "./impact-result";

const DAYS = [1, 7, 30, 90];

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "end" },
  lead: { display: "block", marginBottom: tokens.spacingVerticalM },
  progress: { margin: `${tokens.spacingVerticalM} 0 0` },
});

/** What the edited policy would have made of recorded sign-ins, were it enabled. */
export function ImpactSection({ document, id }: { document: Properties | null; id: string }) {
  const styles = useStyles();
  const graph = useGraph();
  const [days, setDays] = useState(7);
  const [impact, setImpact] = useState<Impact | null>(null);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const last = useRef<AbortController | null>(null);
  useEffect(() => () => last.current?.abort(), []);
  const run = async () => {
    const abort = new AbortController();
    last.current = abort;
    setRunning(abort);
    setFailure(null);
    let found = nothingYet();
    setImpact(found);
    try {
      let skipToken: string | undefined;
      do {
        const body = { policies: [{ ...document, id }], days, ...(skipToken ? { skipToken } : {}) };
        const part = await graph.post<ImpactPart>("/riskgate/evaluateImpact", body, { signal: abort.signal });
        found = withPart(found, part);
        setImpact(found);
        skipToken = part.skipToken;
      } while (skipToken);
    } catch (error) {
      if (!abort.signal.aborted) setFailure(failureOf(error));
    }
    setRunning(null);
  };
  const said = text.impact;
  return (
    <Section title={said.title}>
      <Card>
        <Text className={styles.lead}>{said.lead}</Text>
        <div className={styles.row}>
          <Field label={said.days}>
            <Select value={String(days)} onChange={(_, data) => setDays(Number(data.value))}>
              {DAYS.map((count) => (
                <option key={count} value={count}>
                  {said.lastDays(count)}
                </option>
              ))}
            </Select>
          </Field>
          {running ? (
            <Button onClick={() => running.abort()}>{said.stop}</Button>
          ) : (
            <Button disabled={document === null} onClick={run}>
              {said.compute}
            </Button>
          )}
        </div>
        {running && impact && (
          <ProgressBar
            className={styles.progress}
            max={Math.max(impact.total, 1)}
            value={impact.examined}
            aria-label={said.progress(impact.examined, impact.total)}
          />
        )}
        {failure && <Failure failure={failure} retry={run} />}
        {impact && <ImpactResult impact={impact} isRunning={running !== null} />}
      </Card>
    </Section>
  );
}
