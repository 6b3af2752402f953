import { useCallback, useEffect, useState } from "react";
import { useGraph } from "./context";
import { type CallOptions, failureOf, type GraphFailure } from "./graph";

export interface Resource<T> {
  /** What was loaded; stays while it is loaded again. */
  value: T | null;
  failure: GraphFailure | null;
  reload: () => void;
}

interface ResourceOptions extends Pick<CallOptions, "annotated"> {
  /** Of what it depends on: another one asks again. */
  version?: string | null | undefined;
}

/** One thing of Graph. */
export function useResource<T>(path: string, options: ResourceOptions = {}): Resource<T> {
  const graph = useGraph();
  const { annotated = false, version } = options;
  const [state, setState] = useState<{ path: string; value: T | null; failure: GraphFailure | null } | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same question again
  useEffect(() => {
    const abort = new AbortController();
    graph
      .get<T>(path, { signal: abort.signal, annotated })
      .then((value) => setState({ path, value, failure: null }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ path, value: null, failure: failureOf(error) });
      });
    return () => abort.abort();
  }, [graph, path, annotated, round, version]);
  const reload = useCallback(() => setRound((current) => current + 1), []);
  // What belongs to another path is not shown for this one.
  const fitting = state?.path === path ? state : null;
  return { value: fitting?.value ?? null, failure: fitting?.failure ?? null, reload };
}
