// What a list shows is in the address, so that it can be sent to somebody and gone back to.
import { allOf, anyOf, withOptions } from "../api/odata";
import type { Column, ListDefinition, ListFilter, Sort } from "./definition";

export const PAGE_ROWS = 50;

export interface ListState {
  /** Values by the identifier of their filter. */
  filters: Record<string, string[]>;
  sort: Sort;
  /** Identifiers of the columns shown. */
  columns: string[];
  /** Where the page begins, as the server said it; empty for the first one. */
  after: string;
}

type Definition<T extends { id: string }> = ListDefinition<T>;

function shownAtFirst<T extends { id: string }>(definition: Definition<T>): string[] {
  return definition.columns.filter((column) => !column.isHidden).map((column) => column.id);
}

/** What the address says; what is in it and makes no sense is left out. */
export function readState<T extends { id: string }>(definition: Definition<T>, query: URLSearchParams): ListState {
  const filters: Record<string, string[]> = {};
  for (const filter of definition.filters) {
    const given = query.get(filter.id);
    if (!given) continue;
    const values = filter.kind === "text" ? [given] : given.split(",").filter((value) => isOption(filter, value));
    if (values.length > 0) filters[filter.id] = filter.kind === "choice" ? values.slice(0, 1) : values;
  }
  const known = (id: string) => definition.columns.some((column) => column.id === id);
  const columns = query.get("columns")?.split(",").filter(known) ?? [];
  return {
    filters,
    sort: readSort(definition, query.get("sort")),
    columns: columns.length > 0 ? columns : shownAtFirst(definition),
    after: query.get("after") ?? "",
  };
}

function isOption(filter: ListFilter, value: string): boolean {
  return filter.kind !== "text" && filter.options.some((option) => option.value === value);
}

function readSort<T extends { id: string }>(definition: Definition<T>, given: string | null): Sort {
  const [id, direction] = given?.split(":") ?? [];
  const column = definition.columns.find((known) => known.id === id && known.sort);
  return column ? { column: column.id, descending: direction === "desc" } : definition.sort;
}

/** The address that says it; what is as it is at first is left out. Options of others, a tab for one, are kept. */
export function writeState<T extends { id: string }>(
  definition: Definition<T>,
  state: ListState,
  others: URLSearchParams,
): URLSearchParams {
  const query = new URLSearchParams(others);
  const set = (name: string, value: string) => (value ? query.set(name, value) : query.delete(name));
  for (const filter of definition.filters) set(filter.id, (state.filters[filter.id] ?? []).join(","));
  const { sort } = definition;
  const isFirst = state.sort.column === sort.column && state.sort.descending === sort.descending;
  set("sort", isFirst ? "" : `${state.sort.column}:${state.sort.descending ? "desc" : "asc"}`);
  const columns = state.columns.join(",");
  set("columns", columns === shownAtFirst(definition).join(",") ? "" : columns);
  set("after", state.after);
  return query;
}

/** The columns shown, in the order of the definition. */
export function shownColumns<T extends { id: string }>(definition: Definition<T>, state: ListState): Column<T>[] {
  return definition.columns.filter((column) => state.columns.includes(column.id));
}

/** What is asked of Graph. */
export function requestOf<T extends { id: string }>(
  definition: Definition<T>,
  state: ListState,
  rows: number = PAGE_ROWS,
): string {
  const sort = definition.columns.find((column) => column.id === state.sort.column)?.sort;
  return withOptions(definition.path, {
    $select: definition.select,
    $filter: allOf([definition.scope, ...definition.filters.map((filter) => clauseOf(filter, state))]),
    $orderby: sort && `${sort} ${state.sort.descending ? "desc" : "asc"}`,
    $top: rows,
    $skiptoken: state.after,
  });
}

function clauseOf(filter: ListFilter, state: ListState): string | undefined {
  const values = state.filters[filter.id] ?? [];
  if (filter.kind === "text") return values[0] === undefined ? undefined : filter.clause(values[0]);
  return anyOf(filter.options.filter((option) => values.includes(option.value)).map((option) => option.clause()));
}

/** Where the next page begins, taken from the link the server gave; empty if there is none. */
export function nextOf(nextLink: string | undefined): string {
  if (!nextLink) return "";
  return new URL(nextLink, "https://localhost").searchParams.get("$skiptoken") ?? "";
}
