import { useCallback, useEffect, useState } from "react";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import { useChanges } from "../../api/live-context";
import { type Facts, readFacts } from "./facts";

/** What tells that a step may have been done. What is done about a user's methods is in the audit log. */
const SETS = [
  "auditLogs/directoryAudits",
  "auditLogs/signIns",
  "identityProtection/riskDetections",
  "identityProtection/riskyUsers",
  "identity/conditionalAccess",
] as const;
/** How long changes in quick succession are waited for, in milliseconds. */
const WITHIN = 250;

export interface Watched {
  facts: Facts | null;
  failure: GraphFailure | null;
  /** Looks at once. */
  look: () => void;
}

/** The facts, looked up again whenever the server tells of something they depend on. */
export function useFacts(userPrincipalName: string): Watched {
  const graph = useGraph();
  const [facts, setFacts] = useState<Facts | null>(null);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round looks again
  useEffect(() => {
    const abort = new AbortController();
    readFacts(graph, userPrincipalName, abort.signal)
      .then((found) => {
        setFacts(found);
        setFailure(null);
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setFailure(failureOf(error));
      });
    return () => abort.abort();
  }, [graph, userPrincipalName, round]);
  const look = useCallback(() => setRound((before) => before + 1), []);
  useChanges(SETS, look, WITHIN);
  return { facts, failure, look };
}
