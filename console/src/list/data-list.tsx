import { Button, makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { hrefOf, navigate, trail, usePlace } from "../navigation/router";
import { Empty, Failure } from "../parts/notice";
import { text } from "../texts";
import type { ListDefinition } from "./definition";
import { useLiveRows } from "./live-rows";
import { Pager } from "./pager";
import { type ListState, PAGE_ROWS, readState, requestOf, shownColumns, writeState } from "./state";
import { ListTable } from "./table";
import { Toolbar } from "./toolbar";
import { usePage } from "./use-page";

/** Whoever has scrolled less than this is at the top, in pixels. */
const TOP = 80;

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  // The place of the progress bar is always there: nothing moves when it comes and goes.
  progress: { height: "2px" },
  // Floats over the rows, so that they stay where they are.
  waiting: { position: "sticky", top: "40px", height: 0, zIndex: 2, textAlign: "center" },
  take: { boxShadow: tokens.shadow8, transform: "translateY(-28px)" },
});

interface Props<T extends { id: string }> {
  definition: ListDefinition<T>;
  /** What can be done with the selected rows; without it there is no selection. */
  actions?: (selected: T[], reload: () => void) => ReactNode;
}

/** A list of a collection of Graph: filtered, sorted and paged by the server, kept in the address. */
export function DataList<T extends { id: string }>({ definition, actions }: Props<T>) {
  const styles = useStyles();
  const { path, query } = usePlace();
  const state = useMemo(() => readState(definition, query), [definition, query]);
  const request = requestOf(definition, state);
  const { loaded, isLoading, failure, reload, replace } = usePage<T>(request);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was selected belongs to the rows of one request
  useEffect(() => setSelected(new Set()), [request]);

  const list = useRef<HTMLDivElement>(null);
  const isBeingRead = useCallback(
    () => window.scrollY > TOP || selected.size > 0 || list.current?.contains(document.activeElement) === true,
    [selected],
  );
  const [waiting, setWaiting] = useLiveRows({ set: definition.live, request, loaded, replace, isBeingRead });
  const take = () => {
    if (!waiting) return;
    replace(waiting.loaded);
    setWaiting(null);
    window.scrollTo({ top: 0 });
  };

  const show = (changes: Partial<ListState>, previous: string[] = []) =>
    navigate(hrefOf(path, writeState(definition, { ...state, after: "", ...changes }, query)), { trail: { previous } });
  const rows = loaded?.rows ?? [];
  const chosen = rows.filter((row) => selected.has(row.id));
  const previous = trail().previous ?? [];
  return (
    <div className={styles.list} ref={list}>
      <Toolbar
        definition={definition}
        state={state}
        show={show}
        reload={reload}
        {...(actions ? { actions: actions(chosen, reload) } : {})}
      />
      <div className={styles.progress}>
        {isLoading && <ProgressBar aria-label={text.list.loading} thickness="medium" />}
      </div>
      <div className={styles.waiting} role="status">
        {waiting && (
          <Button className={styles.take} appearance="primary" shape="circular" onClick={take}>
            {text.list.fresh(waiting.count, waiting.count === PAGE_ROWS)}
          </Button>
        )}
      </div>
      {failure ? (
        <Failure failure={failure} retry={reload} />
      ) : loaded && rows.length === 0 ? (
        <Nothing definition={definition} state={state} />
      ) : (
        <ListTable
          definition={definition}
          columns={shownColumns(definition, state)}
          rows={loaded ? rows : null}
          isLoading={isLoading}
          sort={state.sort}
          onSort={(sort) => show({ sort })}
          {...(actions ? { selected, onSelect: setSelected } : {})}
        />
      )}
      {loaded && !failure && (
        <Pager
          rows={rows.length}
          isFirst={state.after === ""}
          hasNext={loaded.next !== ""}
          onFirst={() => show({})}
          onNext={() => show({ after: loaded.next }, [...previous, state.after])}
          {...(previous.length > 0
            ? { onPrevious: () => show({ after: previous.at(-1) ?? "" }, previous.slice(0, -1)) }
            : {})}
        />
      )}
    </div>
  );
}

function Nothing<T extends { id: string }>({ definition, state }: { definition: ListDefinition<T>; state: ListState }) {
  if (Object.keys(state.filters).length > 0) {
    return <Empty title={text.list.nothingFiltered} hint={text.list.nothingFilteredHint} />;
  }
  return <Empty {...definition.empty()} />;
}
