import {
  Menu,
  MenuButton,
  MenuGroup,
  MenuGroupHeader,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { ColumnTripleRegular } from "@fluentui/react-icons/svg/column-triple";
import { text } from "../texts";
import type { ListDefinition } from "./definition";
import type { ListState } from "./state";

interface Props<T extends { id: string }> {
  definition: ListDefinition<T>;
  state: ListState;
  show: (changes: Partial<ListState>) => void;
}

/** Which columns are shown, and what is sorted by: on a phone there are no titles to sort with. */
export function ColumnMenu<T extends { id: string }>({ definition, state, show }: Props<T>) {
  const sort = `${state.sort.column}:${state.sort.descending ? "desc" : "asc"}`;
  const change = (name: string, values: string[]) => {
    if (name === "columns") {
      // In the order of the definition, and never none.
      const columns = definition.columns.map((column) => column.id).filter((id) => values.includes(id));
      if (columns.length > 0) show({ columns, after: state.after });
      return;
    }
    const [column = "", direction] = values[0]?.split(":") ?? [];
    show({ sort: { column, descending: direction === "desc" } });
  };
  const sortable = definition.columns.filter((column) => column.sort);
  return (
    <Menu
      checkedValues={{ columns: state.columns, sort: [sort] }}
      onCheckedValueChange={(_, data) => change(data.name, data.checkedItems)}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton appearance="subtle" icon={<ColumnTripleRegular />}>
          {text.list.columns}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{text.list.columns}</MenuGroupHeader>
            {definition.columns.map((column) => (
              <MenuItemCheckbox key={column.id} name="columns" value={column.id}>
                {column.title()}
              </MenuItemCheckbox>
            ))}
          </MenuGroup>
          <MenuGroup>
            <MenuGroupHeader>{text.list.sortBy}</MenuGroupHeader>
            {sortable.flatMap((column) =>
              (["asc", "desc"] as const).map((direction) => (
                <MenuItemRadio key={`${column.id}:${direction}`} name="sort" value={`${column.id}:${direction}`}>
                  {column.title()}, {direction === "asc" ? text.list.ascending : text.list.descending}
                </MenuItemRadio>
              )),
            )}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
