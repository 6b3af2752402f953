import { Button, Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../texts";
import { LANGUAGES, type Setting, snippetOf } from "./code";
import { CodeBlock } from "./code-block";
import type { GraphRequest } from "./request";

const KEY = "riskgate.explorer.language";

const useStyles = makeStyles({
  head: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "end" },
});

/** The same request as a program. */
export function CodePane({ request, setting }: { request: GraphRequest; setting: Setting }) {
  const styles = useStyles();
  const [language, setLanguage] = useState(() => window.localStorage.getItem(KEY) ?? "curl");
  const [copied, setCopied] = useState<string | null>(null);
  const code = (LANGUAGES[language] ?? LANGUAGES.curl)?.write(snippetOf(request, setting)) ?? "";
  const choose = (next: string) => {
    window.localStorage.setItem(KEY, next);
    setLanguage(next);
  };
  return (
    <div>
      <div className={styles.head}>
        <Field label={text.explorer.language}>
          <Select value={language} onChange={(_, { value }) => choose(value)}>
            {Object.entries(LANGUAGES).map(([id, { name }]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Button onClick={() => navigator.clipboard.writeText(code).then(() => setCopied(code))}>
          {copied === code ? text.explorer.copied : text.explorer.copy}
        </Button>
      </div>
      <CodeBlock label={text.explorer.tabs.code}>{code}</CodeBlock>
    </div>
  );
}
