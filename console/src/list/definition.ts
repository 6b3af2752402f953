// What a list is made of. A page declares one; everything else about lists is shared.
import type { ReactNode } from "react";
import type { LiveSet } from "../api/live";
import type { PathOf } from "../api/odata";

export interface Column<T> {
  id: string;
  title: () => string;
  /** The value in words: what an export holds, and what is shown unless `cell` says otherwise. */
  value: (row: T) => string;
  cell?: (row: T) => ReactNode;
  /** What the server sorts by; without it the column cannot be sorted. */
  sort?: PathOf<T>;
  /** Whether it is shown until the person chooses. */
  isHidden?: boolean;
  /** Share of the width, 1 unless said. */
  grow?: number;
}

export interface Option {
  value: string;
  label: () => string;
  /** The OData clause it stands for. */
  clause: () => string;
}

export type ListFilter =
  /** Any of some values. */
  | { kind: "choices"; id: string; title: () => string; options: Option[] }
  /** One value or none. */
  | { kind: "choice"; id: string; title: () => string; options: Option[] }
  /** Something that is typed. */
  | { kind: "text"; id: string; title: () => string; clause: (value: string) => string };

export interface ListDefinition<T extends { id: string }> {
  /** For file names. */
  id: string;
  title: () => string;
  /** Of the collection, below the version. */
  path: string;
  /** Properties that are asked for, where the collection does not give all of them by itself. */
  select?: string;
  /** What changes are told by; without it the list is as it was loaded. */
  live?: LiveSet;
  /** A clause that always holds. */
  scope?: string;
  columns: Column<T>[];
  filters: ListFilter[];
  /** Column and direction until the person chooses. */
  sort: Sort;
  /** What to call a row when it is selected. */
  nameOf: (row: T) => string;
  /** What is said when there is nothing, and what to do about it. */
  empty: () => { title: string; hint: string };
}

export interface Sort {
  column: string;
  descending: boolean;
}
