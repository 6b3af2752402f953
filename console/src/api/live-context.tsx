import { createContext, useContext, useEffect, useRef } from "react";
import type { Live, LiveSet } from "./live";

const LiveContext = createContext<Live | null>(null);

/** What is around everything that follows changes; without it nothing is followed. */
export const LiveProvider = LiveContext.Provider;

/** Calls `react` when one of the sets changed: once for what comes in quick succession, and not more often than that. */
export function useChanges(sets: readonly LiveSet[], react: () => void, within = 1_000): void {
  const live = useContext(LiveContext);
  const last = useRef(react);
  useEffect(() => {
    last.current = react;
  });
  const names = sets.join(" ");
  useEffect(() => {
    if (!live || !names) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        last.current();
      }, within);
    };
    const ends = names.split(" ").map((set) => live.listen(set as LiveSet, soon));
    return () => {
      if (timer) clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [live, names, within]);
}
