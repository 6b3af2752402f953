import { Combobox, Field, makeStyles, Option, Tag, TagGroup, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../../texts";
import type { Kind } from "./kinds";
import { useChoices } from "./use-choices";

const useStyles = makeStyles({
  box: { minWidth: 0, width: "100%" },
  tags: { flexWrap: "wrap", gap: tokens.spacingHorizontalXS, marginTop: tokens.spacingVerticalXS },
  tag: { maxWidth: "100%", height: "auto", minHeight: "32px", overflowWrap: "anywhere" },
});

interface Props {
  label: string;
  kind: Kind;
  selected: string[];
  onChange: (selected: string[]) => void;
  /** Whether only one can be picked. */
  isSingle?: boolean;
  /** Why the server refuses what is here. */
  problem?: string | undefined;
}

/** Objects by their names; what is picked stands below and can be taken out. */
export function Picker({ label, kind, selected, onChange, isSingle = false, problem }: Props) {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const { offered, nameOf } = useChoices(kind, typed, selected, isOpen);
  const toggle = (value: string | undefined) => {
    setTyped("");
    if (!value) return;
    const others = selected.filter((one) => one !== value);
    if (others.length < selected.length) onChange(others);
    else onChange(isSingle ? [value] : [...selected, value]);
  };
  return (
    <Field label={label} {...(problem ? { validationState: "error" as const, validationMessage: problem } : {})}>
      <Combobox
        className={styles.box}
        multiselect
        freeform
        placeholder={text.editor.pick}
        value={typed}
        selectedOptions={selected}
        onOpenChange={(_, data) => setOpen(data.open)}
        onChange={(event) => setTyped(event.target.value)}
        onOptionSelect={(_, data) => toggle(data.optionValue)}
      >
        {offered.map((choice) => (
          <Option key={choice.value} value={choice.value} text={choice.label}>
            {choice.label}
          </Option>
        ))}
        {offered.length === 0 && (
          <Option key="none" value="" disabled text={text.editor.nothingFound}>
            {text.editor.nothingFound}
          </Option>
        )}
      </Combobox>
      {selected.length > 0 && (
        <TagGroup
          className={styles.tags}
          aria-label={text.editor.picked(label)}
          onDismiss={(_, data) => toggle(data.value)}
        >
          {selected.map((value) => (
            <Tag
              key={value}
              className={styles.tag}
              value={value}
              dismissible
              aria-label={text.editor.takeOut(nameOf(value))}
            >
              {nameOf(value)}
            </Tag>
          ))}
        </TagGroup>
      )}
    </Field>
  );
}
