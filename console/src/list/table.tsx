import {
  Checkbox,
  makeStyles,
  mergeClasses,
  Skeleton,
  SkeletonItem,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { text } from "../texts";
import type { Column, ListDefinition, Sort } from "./definition";

const PHONE = "@media (max-width: 640px)";
const SKELETON_ROWS = ["1", "2", "3", "4", "5", "6", "7", "8"];
/** Width a column needs, in pixels; a list with more of them than fit scrolls sideways. */
const COLUMN_WIDTH = 125;

const useStyles = makeStyles({
  frame: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowX: "auto",
  },
  table: { [PHONE]: { minWidth: "0 !important" } },
  header: { [PHONE]: { display: "none" } },
  title: { fontWeight: tokens.fontWeightSemibold, minWidth: "0" },
  row: {
    [PHONE]: {
      display: "grid",
      gridTemplateColumns: "auto 1fr",
      paddingTop: tokens.spacingVerticalS,
      paddingBottom: tokens.spacingVerticalS,
    },
  },
  cell: {
    minWidth: "0",
    height: "auto",
    minHeight: "44px",
    paddingTop: tokens.spacingVerticalXS,
    paddingBottom: tokens.spacingVerticalXS,
    overflowWrap: "anywhere",
    [PHONE]: { gridColumnStart: "2", minHeight: "28px" },
  },
  // On a phone each row is a card, and every value says what it is.
  label: {
    display: "none",
    [PHONE]: {
      display: "block",
      flexBasis: "38%",
      flexShrink: "0",
      color: tokens.colorNeutralForeground2,
      fontSize: tokens.fontSizeBase200,
    },
  },
  select: {
    flexGrow: "0 !important",
    flexBasis: "44px",
    minWidth: "44px",
    paddingLeft: "4px",
    [PHONE]: { gridColumnStart: "1", gridRowStart: "1" },
  },
});

interface Props<T extends { id: string }> {
  definition: ListDefinition<T>;
  columns: Column<T>[];
  /** `null` while nothing was loaded yet. */
  rows: T[] | null;
  /** Whether other rows are on their way. */
  isLoading: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
}

/** The rows with titles that sort. On a phone, cards. */
export function ListTable<T extends { id: string }>(props: Props<T>) {
  const { definition, columns, rows, isLoading } = props;
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
    <section className={styles.frame} aria-label={definition.title()} tabIndex={0}>
      <Table
        noNativeElements
        aria-label={definition.title()}
        aria-busy={isLoading}
        className={styles.table}
        style={{ minWidth: columns.length * COLUMN_WIDTH }}
      >
        <Titles {...props} />
        <TableBody>
          {rows === null
            ? SKELETON_ROWS.map((key) => <SkeletonRow key={key} {...props} />)
            : rows.map((row) => <Row key={row.id} row={row} {...props} />)}
        </TableBody>
      </Table>
    </section>
  );
}

function Titles<T extends { id: string }>({ columns, rows, sort, onSort, selected, onSelect }: Props<T>) {
  const styles = useStyles();
  const all = rows?.length ?? 0;
  const count = selected?.size ?? 0;
  const choose = (column: Column<T>) =>
    onSort({ column: column.id, descending: sort.column === column.id ? !sort.descending : false });
  return (
    <TableHeader className={styles.header}>
      <TableRow>
        {selected && (
          <TableHeaderCell className={styles.select}>
            <Checkbox
              aria-label={text.list.selectAll}
              checked={all > 0 && count === all ? true : count > 0 ? "mixed" : false}
              disabled={all === 0}
              onChange={() => onSelect?.(count === all ? new Set() : new Set(rows?.map((row) => row.id)))}
            />
          </TableHeaderCell>
        )}
        {columns.map((column) => (
          <TableHeaderCell
            key={column.id}
            className={styles.title}
            style={{ flexGrow: column.grow ?? 1 }}
            {...(column.sort
              ? {
                  sortable: true,
                  onClick: () => choose(column),
                  ...(sort.column === column.id
                    ? { sortDirection: sort.descending ? ("descending" as const) : ("ascending" as const) }
                    : {}),
                }
              : {})}
          >
            {column.title()}
          </TableHeaderCell>
        ))}
      </TableRow>
    </TableHeader>
  );
}

function Row<T extends { id: string }>(props: Props<T> & { row: T }) {
  const { definition, columns, row, selected, onSelect } = props;
  const styles = useStyles();
  const toggle = () => {
    const next = new Set(selected);
    if (!next.delete(row.id)) next.add(row.id);
    onSelect?.(next);
  };
  return (
    <TableRow className={styles.row} {...(selected ? { "aria-selected": selected.has(row.id) } : {})}>
      {selected && (
        <TableCell className={mergeClasses(styles.cell, styles.select)}>
          <Checkbox
            aria-label={text.list.select(definition.nameOf(row))}
            checked={selected.has(row.id)}
            onChange={toggle}
          />
        </TableCell>
      )}
      {columns.map((column) => (
        <TableCell key={column.id} className={styles.cell} style={{ flexGrow: column.grow ?? 1 }}>
          <span className={styles.label}>{column.title()}</span>
          <span>{column.cell ? column.cell(row) : column.value(row)}</span>
        </TableCell>
      ))}
    </TableRow>
  );
}

function SkeletonRow<T extends { id: string }>({ columns, selected }: Props<T>) {
  const styles = useStyles();
  return (
    <TableRow className={styles.row}>
      {selected && <TableCell className={mergeClasses(styles.cell, styles.select)} />}
      {columns.map((column) => (
        <TableCell key={column.id} className={styles.cell} style={{ flexGrow: column.grow ?? 1 }}>
          <Skeleton aria-label={text.list.loading} style={{ width: "70%" }}>
            <SkeletonItem />
          </Skeleton>
        </TableCell>
      ))}
    </TableRow>
  );
}
