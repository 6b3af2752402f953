import { useCallback, useEffect, useState } from "react";
import { useGraph } from "../api/context";
import { failureOf, type GraphFailure, type Page } from "../api/graph";
import { nextOf } from "./state";

export interface Loaded<T> {
  rows: T[];
  /** Where the next page begins; empty on the last one. */
  next: string;
}

export interface PageState<T> {
  /** What was last loaded; stays while something else is being loaded. */
  loaded: Loaded<T> | null;
  isLoading: boolean;
  failure: GraphFailure | null;
  reload: () => void;
  /** Shows these rows in place of the ones that were loaded. */
  replace: (loaded: Loaded<T>) => void;
}

/** A page of a collection; asked for again when the request changes, the older question then being dropped. */
export function usePage<T>(request: string): PageState<T> {
  const graph = useGraph();
  const [loaded, setLoaded] = useState<Loaded<T> | null>(null);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same question again
  useEffect(() => {
    const abort = new AbortController();
    setLoading(true);
    graph
      .get<Page<T>>(request, { signal: abort.signal })
      .then((page) => {
        setLoaded({ rows: page.value, next: nextOf(page["@odata.nextLink"]) });
        setFailure(null);
        setLoading(false);
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        setFailure(failureOf(error));
        setLoading(false);
      });
    return () => abort.abort();
  }, [graph, request, round]);
  const reload = useCallback(() => setRound((current) => current + 1), []);
  return { loaded, isLoading, failure, reload, replace: setLoaded };
}
