import { makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { text } from "../texts";
import { CodeBlock } from "./code-block";
import { tokens as tokensOf } from "./links";

/** Longer texts are shown as they are: links in them would make the page slow. */
const LONGEST = 300_000;

const useStyles = makeStyles({
  name: { color: tokens.colorPaletteBerryForeground1 },
  value: { color: tokens.colorPaletteGreenForeground1 },
  link: {
    font: "inherit",
    textAlign: "left",
    padding: 0,
    border: "none",
    background: "none",
    cursor: "pointer",
    overflowWrap: "anywhere",
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: "underline",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

interface Props {
  json: string;
  lead: (member: string, value: string, depth: number) => string | null;
  onFollow: (url: string) => void;
}

/** JSON in colours, in which what leads somewhere can be followed. */
export function JsonView({ json, lead, onFollow }: Props) {
  const styles = useStyles();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what leads where depends on the answer alone
  const pieces = useMemo(() => (json.length > LONGEST ? null : tokensOf(json, lead)), [json]);
  const shown = pieces?.map(({ text: piece, kind, to }, index) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: pieces of a text that never changes have no identity but their place
    if (to !== undefined) {
      return (
        <button key={index} type="button" className={styles.link} onClick={() => onFollow(to)}>
          {piece}
        </button>
      );
    }
    if (kind === "other") return piece;
    return (
      <span key={index} className={kind === "name" ? styles.name : styles.value}>
        {piece}
      </span>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
  });
  return (
    <CodeBlock label={text.explorer.answer} wrap>
      {shown ?? json}
    </CodeBlock>
  );
}
