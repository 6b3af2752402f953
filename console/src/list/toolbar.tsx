import { Button, makeStyles, SearchBox, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { type ReactNode, useEffect, useState } from "react";
import { text } from "../texts";
import { ChoiceMenu } from "./choice-menu";
import { ColumnMenu } from "./column-menu";
import type { ListDefinition, ListFilter } from "./definition";
import { ExportMenu } from "./export-menu";
import type { ListState } from "./state";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  tools: { display: "flex", alignItems: "center", marginLeft: "auto" },
  search: { minWidth: "0", width: "260px", maxWidth: "100%" },
});

interface Props<T extends { id: string }> {
  definition: ListDefinition<T>;
  state: ListState;
  show: (changes: Partial<ListState>) => void;
  reload: () => void;
  /** What can be done with the selected rows. */
  actions?: ReactNode;
}

/** Filters, and what concerns the list as a whole. */
export function Toolbar<T extends { id: string }>({ definition, state, show, reload, actions }: Props<T>) {
  const styles = useStyles();
  const set = (filter: ListFilter, values: string[]) => {
    const { [filter.id]: _, ...others } = state.filters;
    show({ filters: values.length > 0 ? { ...others, [filter.id]: values } : others });
  };
  const tools = (
    <div className={styles.tools}>
      <ColumnMenu definition={definition} state={state} show={show} />
      <ExportMenu definition={definition} state={state} />
      <Button appearance="subtle" icon={<ArrowClockwiseRegular />} aria-label={text.list.refresh} onClick={reload} />
    </div>
  );
  return (
    <>
      <search className={styles.bar} aria-label={text.list.filters}>
        {definition.filters.map((filter) =>
          filter.kind === "text" ? (
            <TypedFilter
              key={filter.id}
              title={filter.title()}
              value={state.filters[filter.id]?.[0] ?? ""}
              onChange={(value) => set(filter, value ? [value] : [])}
            />
          ) : (
            <ChoiceMenu
              key={filter.id}
              filter={filter}
              chosen={state.filters[filter.id] ?? []}
              onChange={(values) => set(filter, values)}
            />
          ),
        )}
        {Object.keys(state.filters).length > 0 && (
          <Button appearance="transparent" onClick={() => show({ filters: {} })}>
            {text.list.clear}
          </Button>
        )}
        {!actions && tools}
      </search>
      {actions && (
        <div className={styles.bar}>
          {actions}
          {tools}
        </div>
      )}
    </>
  );
}

/** How long typing must rest before the server is asked, in milliseconds. */
const REST = 350;

function TypedFilter({ title, value, onChange }: { title: string; value: string; onChange: (value: string) => void }) {
  const styles = useStyles();
  const [typed, setTyped] = useState(value);
  // The address may change otherwise than by typing: back, or cleared filters.
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), REST);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <SearchBox
      className={styles.search}
      aria-label={title}
      placeholder={title}
      value={typed}
      onChange={(_, data) => setTyped(data.value)}
      dismiss={{ "aria-label": text.list.clearSearch }}
    />
  );
}
