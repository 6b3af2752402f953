import { useCallback, useEffect, useState } from "react";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import { type Facts, readFacts } from "./facts";

/** How long the page waits before it looks again, in milliseconds. */
const PAUSE = 2_000;

export interface Watched {
  facts: Facts | null;
  failure: GraphFailure | null;
  /** Looks at once. */
  look: () => void;
}

/** The facts, looked up again and again while the page is seen. */
export function useFacts(userPrincipalName: string): Watched {
  const graph = useGraph();
  const [facts, setFacts] = useState<Facts | null>(null);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round looks at once
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      try {
        if (!document.hidden) setFacts(await readFacts(graph, userPrincipalName, abort.signal));
        setFailure(null);
      } catch (error) {
        if (abort.signal.aborted) return;
        setFailure(failureOf(error));
      }
      if (!abort.signal.aborted) timer = setTimeout(read, PAUSE);
    };
    read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [graph, userPrincipalName, round]);
  return { facts, failure, look: useCallback(() => setRound((before) => before + 1), []) };
}
