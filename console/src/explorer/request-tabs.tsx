import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../texts";
import { BodyEditor } from "./body-editor";
import type { Setting } from "./code";
import { CodePane } from "./code-pane";
import { HeadersEditor } from "./headers-editor";
import type { OperationRule } from "./operations";
import { PermissionsPane } from "./permissions-pane";
import { pathOf } from "./request";
import type { Schema } from "./schema";
import type { Explorer } from "./state";

const TABS = ["body", "headers", "permissions", "code"] as const;

const useStyles = makeStyles({
  tabs: { flexWrap: "wrap", margin: `${tokens.spacingVerticalS} 0` },
  pane: { minHeight: "120px" },
});

interface Props {
  explorer: Explorer;
  schema: Schema | null;
  rule: OperationRule | undefined;
  setting: Setting;
  onConsent: (permissions: string[]) => void;
}

/** Everything about the request besides its address. */
export function RequestTabs({ explorer, schema, rule, setting, onConsent }: Props) {
  const styles = useStyles();
  const [tab, setTab] = useState<(typeof TABS)[number]>("body");
  const { request, change, held } = explorer;
  return (
    <>
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        onTabSelect={(_, { value }) => setTab(value as typeof tab)}
        aria-label={text.explorer.request}
      >
        {TABS.map((name) => (
          <Tab key={name} value={name}>
            {text.explorer.tabs[name]}
          </Tab>
        ))}
      </TabList>
      <div className={styles.pane}>
        {tab === "body" && <BodyEditor request={request} schema={schema} onChange={(body) => change({ body })} />}
        {tab === "headers" && <HeadersEditor headers={request.headers} onChange={(headers) => change({ headers })} />}
        {tab === "permissions" && (
          <PermissionsPane rule={rule} path={pathOf(request.url)} held={held} onConsent={onConsent} />
        )}
        {tab === "code" && <CodePane request={request} setting={setting} />}
      </div>
    </>
  );
}
