import { useCallback, useEffect, useState } from "react";
import { useGraph } from "../../api/context";
import { GraphFailure } from "../../api/graph";
import { text } from "../../texts";
import { detectionsOfDay, detectionsOfType, FIGURES, type Figure, lastDays } from "./figures";

export interface Day {
  day: Date;
  high: number;
  medium: number;
  low: number;
}

export interface Overview {
  counts: Record<keyof typeof FIGURES, number> | null;
  types: { type: string; figure: Figure; count: number }[];
  days: Day[];
  failure: GraphFailure | null;
  reload: () => void;
}

const NOTHING = { counts: null, types: [], days: [], failure: null };

/** Everything the overview counts, asked for in a few batches. */
export function useOverview(): Overview {
  const graph = useGraph();
  const [found, setFound] = useState<Omit<Overview, "reload">>(NOTHING);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round counts again
  useEffect(() => {
    let isWanted = true;
    const names = Object.keys(FIGURES) as (keyof typeof FIGURES)[];
    const types = Object.keys(text.words.detections).map((type) => ({ type, figure: detectionsOfType(type) }));
    const days = lastDays(new Date());
    const asked = [
      ...names.map((name) => FIGURES[name]().count),
      ...types.map(({ figure }) => figure.count),
      ...days.flatMap(detectionsOfDay),
    ];
    graph.counts(asked).then((answers) => {
      if (!isWanted) return;
      const failure = answers.find((answer) => answer instanceof GraphFailure) ?? null;
      const number = (index: number) => Number(answers[index] instanceof GraphFailure ? 0 : answers[index]);
      const from = names.length + types.length;
      setFound({
        failure,
        counts: failure
          ? null
          : (Object.fromEntries(names.map((name, index) => [name, number(index)])) as Overview["counts"]),
        types: types
          .map((one, index) => ({ ...one, count: number(names.length + index) }))
          .filter(({ count }) => count > 0)
          .sort((a, b) => b.count - a.count),
        days: days.map((day, index) => ({
          day,
          high: number(from + index * 3),
          medium: number(from + index * 3 + 1),
          low: number(from + index * 3 + 2),
        })),
      });
    });
    return () => {
      isWanted = false;
    };
  }, [graph, round]);
  const reload = useCallback(() => setRound((current) => current + 1), []);
  return { ...found, reload };
}
