import {
  Menu,
  MenuButton,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { text } from "../texts";
import type { ListFilter } from "./definition";

interface Props {
  filter: Extract<ListFilter, { kind: "choices" | "choice" }>;
  chosen: string[];
  onChange: (values: string[]) => void;
}

/** A filter with values to choose from. The button says what is chosen. */
export function ChoiceMenu({ filter, chosen, onChange }: Props) {
  const labels = filter.options.filter((option) => chosen.includes(option.value)).map((option) => option.label());
  const isSingle = filter.kind === "choice";
  return (
    <Menu
      checkedValues={{ [filter.id]: chosen.length > 0 || !isSingle ? chosen : [""] }}
      onCheckedValueChange={(_, data) => onChange(data.checkedItems.filter((value) => value !== ""))}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton appearance={labels.length > 0 ? "outline" : "secondary"}>
          {filter.title()}: {labels.join(", ") || text.list.any}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {isSingle && (
            <MenuItemRadio name={filter.id} value="">
              {text.list.any}
            </MenuItemRadio>
          )}
          {filter.options.map((option) =>
            isSingle ? (
              <MenuItemRadio key={option.value} name={filter.id} value={option.value}>
                {option.label()}
              </MenuItemRadio>
            ) : (
              <MenuItemCheckbox key={option.value} name={filter.id} value={option.value}>
                {option.label()}
              </MenuItemCheckbox>
            ),
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
