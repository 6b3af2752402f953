import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
  Spinner,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../texts";
import { AddressField } from "./address-field";
import type { OperationRule } from "./operations";
import { placeholders } from "./placeholders";
import { METHODS, type Method, VERSIONS } from "./request";
import type { Schema } from "./schema";
import { linkTo } from "./share";
import type { Explorer } from "./state";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "end" },
  address: { flexGrow: 1, flexBasis: "320px", minWidth: 0, display: "flex" },
  hint: { marginTop: tokens.spacingVerticalS },
});

interface Props {
  explorer: Explorer;
  schema: Schema | null;
  rules: OperationRule[];
}

/** Method, version, address, and the button that sends. */
export function RequestBar({ explorer, schema, rules }: Props) {
  const styles = useStyles();
  const { request, change, run, isRunning } = explorer;
  const [shared, setShared] = useState<string | null>(null);
  const link = linkTo(window.location.origin, request);
  const open = placeholders(request);
  return (
    <>
      <div className={styles.bar}>
        <Field label={text.explorer.method}>
          <Select value={request.method} onChange={(_, { value }) => change({ method: value as Method })}>
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </Select>
        </Field>
        <Field label={text.explorer.version}>
          <Select value={request.version} onChange={() => {}}>
            {VERSIONS.map((version) => (
              <option key={version}>{version}</option>
            ))}
          </Select>
        </Field>
        <div className={styles.address}>
          <AddressField
            url={request.url}
            schema={schema}
            rules={rules}
            opened={explorer.opened}
            onChange={(url) => change({ url })}
            onRun={() => run()}
          />
        </div>
        <Button
          appearance="primary"
          disabledFocusable={isRunning}
          {...(isRunning ? { icon: <Spinner size="tiny" /> } : {})}
          onClick={() => run()}
        >
          {text.explorer.run}
        </Button>
        <Button onClick={() => navigator.clipboard.writeText(link).then(() => setShared(link))}>
          {shared === link ? text.explorer.copied : text.explorer.share}
        </Button>
      </div>
      {open.length > 0 && (
        <MessageBar className={styles.hint} intent="info" layout="multiline">
          <MessageBarBody>{text.explorer.placeholders(open.join(", "))}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
