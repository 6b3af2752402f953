import { Button, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useId } from "react";
import { text } from "../texts";
import { type Header, isReserved } from "./request";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, alignItems: "flex-start" },
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, width: "100%", maxWidth: "760px" },
  field: { flexGrow: 1, flexBasis: "180px", minWidth: 0 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

const KNOWN = ["Accept", "Accept-Language", "client-request-id", "ConsistencyLevel", "If-Match", "Prefer"];

interface Props {
  headers: Header[];
  onChange: (headers: Header[]) => void;
}

/** Headers of the request. The token is added by itself. */
export function HeadersEditor({ headers, onChange }: Props) {
  const styles = useStyles();
  const names = useId();
  const change = (index: number, changes: Partial<Header>) =>
    onChange(headers.map((header, at) => (at === index ? { ...header, ...changes } : header)));
  return (
    <div className={styles.list}>
      <Text size={200}>{text.explorer.headersHint}</Text>
      <datalist id={names}>
        {KNOWN.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {headers.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={styles.row}>
          <Input
            className={styles.field}
            aria-label={text.explorer.headerName(index + 1)}
            placeholder={text.explorer.name}
            list={names}
            value={name}
            onChange={(_, data) => change(index, { name: data.value })}
          />
          <Input
            className={styles.field}
            aria-label={text.explorer.headerValue(index + 1)}
            placeholder={text.explorer.value}
            value={value}
            onChange={(_, data) => change(index, { value: data.value })}
          />
          <Button
            aria-label={text.explorer.removeHeader(name || String(index + 1))}
            onClick={() => onChange(headers.filter((_, at) => at !== index))}
          >
            {text.explorer.remove}
          </Button>
          {isReserved(name) && (
            <Text size={200} className={styles.wrong} role="alert">
              {text.explorer.headerReserved(name)}
            </Text>
          )}
        </div>
      ))}
      <Button onClick={() => onChange([...headers, { name: "", value: "" }])}>{text.explorer.addHeader}</Button>
    </div>
  );
}
