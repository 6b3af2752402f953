import type { Feed } from "../../api/annotations";
import { useResource } from "../../api/use-resource";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { feedState } from "../feeds/state";
import { Tile, Tiles } from "./tile";

/** How many of the sources of what is known about addresses can be relied on. */
export function FeedTiles() {
  const { value, failure, reload } = useResource<{ value: Feed[] }>("/riskgate/feeds");
  if (failure) return <Failure failure={failure} retry={reload} />;
  const states = value?.value.map(feedState);
  const count = (...wanted: ReturnType<typeof feedState>[]) => states?.filter((state) => wanted.includes(state)).length;
  return (
    <Tiles>
      <Tile name={text.overview.feedsCurrent} to="/feeds" count={count("current")} isShare of={states?.length} />
      <Tile name={text.overview.feedsOld} to="/feeds" count={count("stale", "expired")} isShare of={states?.length} />
      <Tile name={text.overview.feedsFailed} to="/feeds" count={count("failed", "empty")} isShare of={states?.length} />
    </Tiles>
  );
}
