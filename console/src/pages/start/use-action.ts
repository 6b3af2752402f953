import { useState } from "react";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import type { GraphRequest } from "../../explorer/request";
import type { Facts } from "./facts";

/** Sends requests one after the other; what was refused is shown. */
export type Act = (requests: GraphRequest[], then?: (answers: unknown[]) => void) => Promise<void>;

/** What buttons do; `look` looks at what came of it. */
export function useAction(look: () => void): { act: Act; isBusy: boolean; refused: GraphFailure | null } {
  const graph = useGraph();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<GraphFailure | null>(null);
  const act: Act = async (requests, then) => {
    setBusy(true);
    setRefused(null);
    try {
      const answers: unknown[] = [];
      for (const { method, url, body } of requests) {
        if (method === "DELETE") answers.push(await graph.delete(url));
        else if (method === "PATCH") answers.push(await graph.patch(url, JSON.parse(body)));
        else answers.push(await graph.post(url, JSON.parse(body)));
      }
      then?.(answers);
    } catch (error) {
      setRefused(failureOf(error));
    }
    setBusy(false);
    look();
  };
  return { act, isBusy, refused };
}

/** What every part of the page is given. */
export interface PartProps {
  facts: Facts;
  isBusy: boolean;
  act: Act;
}
