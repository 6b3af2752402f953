import { Checkbox, Field, Input, Label, makeStyles, Select, Text, tokens } from "@fluentui/react-components";
import { type ReactNode, useId } from "react";
import type { GraphFailure } from "../../api/graph";
import { text } from "../../texts";
import { type Properties, textAt, textsAt, withValue } from "./document";
import { KINDS, type KindName } from "./kinds";
import { Picker } from "./picker";

const useStyles = makeStyles({
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(300px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    alignItems: "start",
    "& > *": { minWidth: 0 },
    "& select": { width: "100%" },
  },
  checks: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalM },
  problem: { color: tokens.colorPaletteRedForeground1 },
  set: { border: "none", margin: `0 0 ${tokens.spacingVerticalXL}`, padding: 0, minWidth: 0 },
  legend: {
    padding: 0,
    marginBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
});

/** What a field of the form needs to know. */
export interface Edited {
  document: Properties;
  change: (next: Properties) => void;
  /** What the server says about the document as it stands, or said when it was saved. */
  failure: GraphFailure | null;
}

/** Fields that belong together. */
export function FieldSet({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <fieldset className={styles.set}>
      <legend className={styles.legend}>{title}</legend>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}

interface FieldProps extends Edited {
  label: string;
  /** Where the value is in the document. */
  path: string;
}

/** What the server refuses about a path, or about something in it; of a condition as a whole its first field says it. */
export function problemAt(failure: GraphFailure | null, path: string, isFirst = false): string | undefined {
  const target = failure?.target;
  if (!failure || !target) return undefined;
  const isAbout = target === path || target.startsWith(`${path}/`) || (isFirst && path.startsWith(`${target}/`));
  return isAbout ? failure.message : undefined;
}

function validation(problem: string | undefined) {
  return problem ? { validationState: "error" as const, validationMessage: problem } : {};
}

/** Identifiers of objects. */
export function ObjectsField(props: FieldProps & { kind: KindName; isFirst?: boolean }) {
  const { label, path, kind, document, change, failure, isFirst = false } = props;
  return (
    <Picker
      label={label}
      kind={KINDS[kind]}
      selected={textsAt(document, path)}
      onChange={(selected) => change(withValue(document, path, selected))}
      problem={problemAt(failure, path, isFirst)}
    />
  );
}

/** One object by its identifier. */
export function ObjectField({ label, path, kind, document, change, failure }: FieldProps & { kind: KindName }) {
  const id = textAt(document, path);
  return (
    <Picker
      label={label}
      kind={KINDS[kind]}
      isSingle
      selected={id ? [id] : []}
      onChange={([picked]) => change(withValue(document, path, picked))}
      problem={problemAt(failure, path.split("/").slice(0, -1).join("/"))}
    />
  );
}

type Named = [value: string, label: string];

/** Members of an enumeration: as a list, or joined by commas as Graph writes flags. */
export function ChecksField(props: FieldProps & { options: Named[]; isJoined?: boolean }) {
  const { label, path, options, document, change, failure, isJoined = false } = props;
  const given = isJoined ? textAt(document, path).split(",").filter(Boolean) : textsAt(document, path);
  const toggle = (value: string, isChecked: boolean) => {
    const next = [...given.filter((one) => one !== value), ...(isChecked ? [value] : [])];
    change(withValue(document, path, isJoined ? next.join(",") || undefined : next));
  };
  return (
    <Group label={label} problem={problemAt(failure, path)}>
      {options.map(([value, shown]) => (
        <Checkbox
          key={value}
          label={shown}
          checked={given.includes(value)}
          onChange={(_, data) => toggle(value, data.checked === true)}
        />
      ))}
    </Group>
  );
}

/** Check boxes under one name. A `Field` is for one control alone: it would give all of them the same identifier. */
export function Group({
  label,
  problem,
  children,
}: {
  label: string;
  problem?: string | undefined;
  children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as the fields beside it
    <div role="group" aria-labelledby={id} {...(problem ? { "aria-describedby": `${id}-problem` } : {})}>
      <Label id={id}>{label}</Label>
      <div className={styles.checks}>{children}</div>
      {problem && (
        <Text id={`${id}-problem`} role="alert" size={200} className={styles.problem}>
          {problem}
        </Text>
      )}
    </div>
  );
}

/** One of several, or nothing. */
export function ChoiceField({ label, path, options, document, change, failure }: FieldProps & { options: Named[] }) {
  return (
    <Field label={label} {...validation(problemAt(failure, path))}>
      <Select
        value={textAt(document, path)}
        onChange={(_, data) => change(withValue(document, path, data.value || undefined))}
      >
        <option value="">{text.editor.notSet}</option>
        {options.map(([value, shown]) => (
          <option key={value} value={value}>
            {shown}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** Text that is typed. */
export function TextField({ label, path, document, change, failure }: FieldProps) {
  return (
    <Field label={label} {...validation(problemAt(failure, path))}>
      <Input
        value={textAt(document, path)}
        onChange={(_, data) => change(withValue(document, path, data.value || undefined))}
      />
    </Field>
  );
}
