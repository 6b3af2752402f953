import { createContext, useContext } from "react";
import type { Graph } from "./graph";

const GraphContext = createContext<Graph | null>(null);

export const GraphProvider = GraphContext.Provider;

/** Graph, on behalf of who is signed in. */
export function useGraph(): Graph {
  const graph = useContext(GraphContext);
  if (!graph) throw new Error("there is no GraphProvider around this component");
  return graph;
}
