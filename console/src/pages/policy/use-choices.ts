import { useEffect, useMemo, useState } from "react";
import { useGraph } from "../../api/context";
import type { Page } from "../../api/graph";
import { withOptions } from "../../api/odata";
import type { Choice, Kind } from "./kinds";

/** How long typing must rest before the server is asked, in milliseconds. */
const REST = 250;
/** Most objects that are offered at once. */
const SHOWN = 20;
/** Most objects of a collection that has few. */
const MOST = 100;

interface Choices {
  /** What can be picked now. */
  offered: Choice[];
  /** The name of something; its identifier while it is not known. */
  nameOf: (value: string) => string;
}

/** What fits to what was typed, and the names of what is selected. */
export function useChoices(kind: Kind, typed: string, selected: string[], isOpen: boolean): Choices {
  const graph = useGraph();
  const [found, setFound] = useState<Choice[]>([]);
  const [known, setKnown] = useState<Record<string, string>>({});
  const keywords = useMemo(() => kind.keywords(), [kind]);
  const search = kind.search ? typed.trim() : "";
  const asked = kind.search ? isOpen : isOpen || selected.length > 0;
  useEffect(() => {
    if (!asked) return;
    const abort = new AbortController();
    const timer = setTimeout(
      () => {
        const path = pathOf(kind, search ? kind.search?.(search) : undefined, kind.search ? SHOWN : MOST);
        // Without suggestions the JSON can still be written.
        graph.get<Page<Record<string, string>>>(path, { signal: abort.signal }).then(
          (page) => setFound(page.value.map(kind.choice)),
          () => setFound([]),
        );
      },
      search ? REST : 0,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [graph, kind, search, asked]);
  const missing = missingOf(kind, selected, keywords, known);
  useEffect(() => {
    if (!missing || !kind.named) return;
    const abort = new AbortController();
    const ids = missing.split(",");
    graph
      .get<Page<Record<string, string>>>(pathOf(kind, kind.named(ids), MOST), { signal: abort.signal })
      .then((page) => {
        const names = page.value.map(kind.choice).map(({ value, label }) => [value, label]);
        // What does not exist any more keeps its identifier, and is not asked for again.
        setKnown((before) => ({ ...before, ...Object.fromEntries([...ids.map((id) => [id, id]), ...names]) }));
      })
      .catch(() => undefined);
    return () => abort.abort();
  }, [graph, kind, missing]);
  const wanted = typed.trim().toLowerCase();
  const fits = ({ label }: Choice) => !wanted || label.toLowerCase().includes(wanted);
  // What the server searched for fits by other properties too.
  const offered = [...keywords.filter(fits), ...(kind.search ? found : found.filter(fits))];
  const nameOf = (value: string) =>
    [...keywords, ...found].find((choice) => choice.value === value)?.label ?? known[value] ?? value;
  return { offered, nameOf };
}

function pathOf(kind: Kind, filter: string | undefined, most: number): string {
  if (!kind.search) return kind.path;
  return withOptions(kind.path, { $select: kind.select, $filter: filter, $top: most });
}

function missingOf(kind: Kind, selected: string[], keywords: Choice[], known: Record<string, string>): string {
  if (!kind.named) return "";
  const isKnown = (value: string) => value in known || keywords.some((one) => one.value === value);
  return selected
    .filter((value) => !isKnown(value))
    .slice(0, 15)
    .join(",");
}
