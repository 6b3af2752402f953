// New rows of a list that is being read.
import { useCallback, useRef, useState } from "react";
import { useGraph } from "../api/context";
import type { Page } from "../api/graph";
import type { LiveSet } from "../api/live";
import { useChanges } from "../api/live-context";
import { nextOf } from "./state";
import type { Loaded } from "./use-page";

/** What came while somebody was reading. */
export interface Waiting<T> {
  count: number;
  loaded: Loaded<T>;
}

/** The rows that are shown with what changed about them, none coming and none going; and how many others there are now. */
export function merged<T extends { id: string }>(
  shown: Loaded<T>,
  fresh: Loaded<T>,
): { shown: Loaded<T>; count: number } {
  const byId = new Map(fresh.rows.map((row) => [row.id, row]));
  const known = new Set(shown.rows.map((row) => row.id));
  return {
    shown: { ...shown, rows: shown.rows.map((row) => byId.get(row.id) ?? row) },
    count: fresh.rows.filter((row) => !known.has(row.id)).length,
  };
}

interface Props<T> {
  set: LiveSet | undefined;
  request: string;
  loaded: Loaded<T> | null;
  replace: (loaded: Loaded<T>) => void;
  /** Whether somebody reads, so that nothing may move. */
  isBeingRead: () => boolean;
}

/** Follows the changes of a list: what changed about rows is shown at once, new ones at once too unless somebody reads. */
export function useLiveRows<T extends { id: string }>(props: Props<T>): [Waiting<T> | null, (taken: null) => void] {
  const { set, request, loaded, replace, isBeingRead } = props;
  const graph = useGraph();
  const [waiting, setWaiting] = useState<(Waiting<T> & { request: string }) | null>(null);
  const asked = useRef(request);
  asked.current = request;
  const look = useCallback(async () => {
    if (!loaded) return;
    try {
      const page = await graph.get<Page<T>>(request);
      if (asked.current !== request) return;
      const fresh = { rows: page.value, next: nextOf(page["@odata.nextLink"]) };
      const { shown, count } = merged(loaded, fresh);
      if (count > 0 && isBeingRead()) {
        replace(shown);
        setWaiting({ request, count, loaded: fresh });
      } else {
        replace(count > 0 || fresh.rows.length !== loaded.rows.length ? fresh : shown);
        setWaiting(null);
      }
    } catch {
      // What is shown stays; the next change is looked for again.
    }
  }, [graph, request, loaded, replace, isBeingRead]);
  useChanges(set ? [set] : [], look);
  return [waiting?.request === request ? waiting : null, setWaiting];
}
