import { useMemo } from "react";
import type { Page } from "../../api/graph";
import { useChanges } from "../../api/live-context";
import { useResource } from "../../api/use-resource";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { type Decided, decidedSignIns, isCovered } from "./coverage";
import { Tile, Tiles } from "./tile";

/** How long after a sign-in it is counted again, in milliseconds. */
const REST = 15_000;
/** The sign-ins with the policies that applied to them. */
const LIST = new URLSearchParams({ since: "7d", columns: "at,user,application,status,applied,access" });

/** How much of what happens is under policies. */
export function CoverageTiles() {
  const request = useMemo(decidedSignIns, []);
  const { value, failure, reload } = useResource<Page<Decided>>(request);
  useChanges(["auditLogs/signIns"], reload, REST);
  if (failure) return <Failure failure={failure} retry={reload} />;
  const all = value?.value.length;
  const covered = value?.value.filter(isCovered).length;
  const of = { to: "/sign-ins", query: LIST, isShare: true, of: all };
  return (
    <Tiles>
      <Tile name={text.overview.covered} count={covered} {...of} />
      <Tile
        name={text.overview.uncovered}
        count={all !== undefined && covered !== undefined ? all - covered : undefined}
        {...of}
      />
    </Tiles>
  );
}
