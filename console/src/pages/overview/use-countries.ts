import { useCallback, useEffect, useState } from "react";
import { useGraph } from "../../api/context";
import { failureOf, GraphFailure, type Page } from "../../api/graph";
import { requestOf } from "../../list/state";
import { FIGURES, type Figure, recent, signInsFrom } from "./figures";
import { type Country, countriesOf, type Seen } from "./places";

/** Most sign-ins that are looked at for where people sign in from, of all and of those with risk; a page of Graph. */
const MOST_SEEN = 999;
/** Most countries that are counted. */
const MOST_COUNTRIES = 60;

export interface CountedCountry extends Country {
  count: number;
  figure: Figure;
}

export interface Countries {
  /** Those with most sign-ins first. */
  countries: CountedCountry[] | null;
  failure: GraphFailure | null;
  reload: () => void;
}

/** The countries of the latest sign-ins and of the latest with risk, each with how many sign-ins of the week it has. */
export function useCountries(): Countries {
  const graph = useGraph();
  const [found, setFound] = useState<Omit<Countries, "reload">>({ countries: null, failure: null });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round counts again
  useEffect(() => {
    const abort = new AbortController();
    const look = async () => {
      const pages = await Promise.all(
        [FIGURES.allSignIns(), FIGURES.riskySignIns()].map((figure) =>
          graph.get<Page<Seen>>(requestOf(recent, figure.state, MOST_SEEN), { signal: abort.signal }),
        ),
      );
      const countries = countriesOf(pages.flatMap((page) => page.value)).slice(0, MOST_COUNTRIES);
      const counted = countries.map((country) => ({ ...country, figure: signInsFrom(country.code) }));
      const counts = await graph.counts(counted.map(({ figure }) => figure.count));
      const refused = counts.find((count) => count instanceof GraphFailure);
      if (refused instanceof GraphFailure) throw refused;
      return counted
        .map((country, index) => ({ ...country, count: Number(counts[index]) }))
        .sort((a, b) => b.count - a.count);
    };
    look()
      .then((countries) => !abort.signal.aborted && setFound({ countries, failure: null }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setFound({ countries: null, failure: failureOf(error) });
      });
    return () => abort.abort();
  }, [graph, round]);
  const reload = useCallback(() => setRound((current) => current + 1), []);
  return { ...found, reload };
}
