import {
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Toast,
  ToastTitle,
  useToastController,
} from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { useState } from "react";
import { useGraph } from "../api/context";
import { failureOf } from "../api/graph";
import { reason } from "../parts/notice";
import { text } from "../texts";
import type { ListDefinition } from "./definition";
import { allRows, csv, download, EXPORT_PAGE, MOST_ROWS } from "./export";
import { type ListState, requestOf, shownColumns } from "./state";

interface Props<T extends { id: string }> {
  definition: ListDefinition<T>;
  state: ListState;
}

/** All rows that match, on every page, as a file. */
export function ExportMenu<T extends { id: string }>({ definition, state }: Props<T>) {
  const graph = useGraph();
  const { dispatchToast } = useToastController();
  const [rows, setRows] = useState<number | null>(null);
  const say = (message: string, intent: "warning" | "error") =>
    dispatchToast(
      <Toast>
        <ToastTitle>{message}</ToastTitle>
      </Toast>,
      { intent },
    );
  const run = async (kind: "csv" | "json") => {
    setRows(0);
    try {
      const request = requestOf(definition, { ...state, after: "" }, EXPORT_PAGE);
      const found = await allRows<T>(graph, request, setRows);
      const name = `${definition.id}-${new Date().toISOString().slice(0, 10)}.${kind}`;
      if (kind === "csv") download(name, "text/csv;charset=utf-8", csv(shownColumns(definition, state), found.rows));
      else download(name, "application/json", `${JSON.stringify(found.rows, null, 2)}\n`);
      if (found.isCut) say(text.list.exportLimit(MOST_ROWS), "warning");
    } catch (error) {
      say(reason(failureOf(error)), "error");
    } finally {
      setRows(null);
    }
  };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton appearance="subtle" icon={<ArrowDownloadRegular />} disabled={rows !== null}>
          {rows === null ? text.list.exportAs : text.list.exporting(rows)}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => run("csv")}>{text.list.exportCsv}</MenuItem>
          <MenuItem onClick={() => run("json")}>{text.list.exportJson}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
