import { Button, Field, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { useRef, useState } from "react";
import { text } from "../texts";
import { check, exampleOf, formatted, placeAt, shapeAt, shapeOf, withMember } from "./body";
import type { GraphRequest } from "./request";
import { hasBody, pathOf } from "./request";
import { kindOf, type Member, type Schema } from "./schema";

const useStyles = makeStyles({
  columns: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL, alignItems: "flex-start" },
  editor: { flexGrow: 2, flexBasis: "340px", minWidth: 0 },
  text: {
    width: "100%",
    "& textarea": { fontFamily: tokens.fontFamilyMonospace, minHeight: "260px", maxHeight: "60vh" },
  },
  help: { flexGrow: 1, flexBasis: "240px", minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  members: {
    listStyleType: "none",
    margin: `${tokens.spacingVerticalS} 0`,
    padding: 0,
    maxHeight: "300px",
    overflowY: "auto",
  },
  member: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  name: { fontFamily: tokens.fontFamilyMonospace, minWidth: 0, paddingLeft: 0, justifyContent: "start" },
  kind: { color: tokens.colorNeutralForeground3, fontFamily: tokens.fontFamilyMonospace, overflowWrap: "anywhere" },
  problems: { margin: 0, paddingLeft: tokens.spacingHorizontalL, color: tokens.colorPaletteRedForeground1 },
  tools: { display: "flex", gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalS },
});

interface Props {
  request: GraphRequest;
  schema: Schema | null;
  onChange: (body: string) => void;
}

/** The body, checked against the schema while it is written, with what can be written where the caret is. */
export function BodyEditor({ request, schema, onChange }: Props) {
  const styles = useStyles();
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  if (!hasBody(request.method)) return <Text>{text.explorer.noBody(request.method)}</Text>;
  const { body } = request;
  const root = schema && shapeOf(schema, pathOf(request.url));
  const place = placeAt(body, caret);
  const shape = schema && root ? shapeAt(schema, root, place.path) : null;
  const current = shape?.members.find((member) => member.name === place.member);
  const values = current && schema?.enums.get(current.type);
  const problems = check(schema, root, body);

  const replace = (next: string) => {
    onChange(next);
    field.current?.focus();
  };
  const insert = (word: string) => {
    const from = field.current?.selectionStart ?? caret;
    const to = field.current?.selectionEnd ?? caret;
    replace(body.slice(0, from) + word + body.slice(to));
  };
  const add = (member: Member) => {
    if (!schema) return;
    replace(withMember(body, place.path, member.name, exampleOf(schema, member)));
  };
  return (
    <div className={styles.columns}>
      <div className={styles.editor}>
        <Field label={text.explorer.body}>
          <Textarea
            textarea={{ ref: field, spellCheck: false }}
            className={styles.text}
            resize="vertical"
            value={body}
            onChange={(_, data) => onChange(data.value)}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          />
        </Field>
        <div role="status">
          {problems.length > 0 && (
            <ul className={styles.problems}>
              {problems.map((problem) => (
                <li key={`${problem.line}:${problem.column}:${problem.what}`}>{text.explorer.problem(problem)}</li>
              ))}
            </ul>
          )}
        </div>
        <div className={styles.tools}>
          <Button size="small" onClick={() => onChange(formatted(body))}>
            {text.explorer.format}
          </Button>
        </div>
      </div>
      {shape && (
        <section className={styles.help} aria-label={text.explorer.schemaHelp}>
          <h3 className={styles.title}>
            {values ? text.explorer.valuesOf(place.member ?? "") : text.explorer.membersOf(shape.name)}
          </h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
          <ul className={styles.members} tabIndex={0} aria-label={text.explorer.schemaHelp}>
            {values?.map((value) => (
              <li key={value}>
                <Button size="small" appearance="subtle" className={styles.name} onClick={() => insert(`"${value}"`)}>
                  {value}
                </Button>
              </li>
            ))}
            {!values &&
              shape.members.map((member) => (
                <li key={member.name} className={styles.member}>
                  <Button size="small" appearance="subtle" className={styles.name} onClick={() => add(member)}>
                    {member.name}
                  </Button>
                  <Text size={200} className={styles.kind}>
                    {[kindOf(member), ...(schema?.enums.get(member.type)?.slice(0, 6) ?? [])].join(" · ")}
                  </Text>
                </li>
              ))}
          </ul>
        </section>
      )}
    </div>
  );
}
