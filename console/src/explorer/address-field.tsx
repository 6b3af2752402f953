import { Field, Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { text } from "../texts";
import { type Completion, complete } from "./completion";
import type { OperationRule } from "./operations";
import { pasted } from "./request";
import type { Schema } from "./schema";

const useStyles = makeStyles({
  around: { position: "relative", flexGrow: 1, minWidth: 0 },
  input: { width: "100%", "& input": { fontFamily: tokens.fontFamilyMonospace } },
  list: {
    position: "absolute",
    zIndex: 20,
    left: 0,
    right: 0,
    margin: 0,
    padding: tokens.spacingVerticalXS,
    maxHeight: "320px",
    overflowY: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
  option: {
    display: "flex",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusSmall,
    fontFamily: tokens.fontFamilyMonospace,
    cursor: "pointer",
    overflowWrap: "anywhere",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  active: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: "-2px",
  },
  detail: { color: tokens.colorNeutralForeground3 },
});

interface Props {
  url: string;
  schema: Schema | null;
  rules: OperationRule[];
  /** How many requests were taken from the samples and the history: the focus follows each. */
  opened: number;
  onChange: (url: string) => void;
  onRun: () => void;
}

const CLOSED: Completion = { from: 0, suggestions: [] };

/** The address, with what can be written next (a combobox as ARIA describes it: the focus stays in the field). */
export function AddressField({ url, schema, rules, opened, onChange, onRun }: Props) {
  const styles = useStyles();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  const [offer, setOffer] = useState(CLOSED);
  const [active, setActive] = useState(-1);
  const isOpen = offer.suggestions.length > 0;

  // After a suggestion was taken the caret is behind it.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  useEffect(() => {
    if (opened > 0) input.current?.focus();
  }, [opened]);

  const close = () => {
    setOffer(CLOSED);
    setActive(-1);
  };
  const open = (value: string, at: number) => {
    setOffer(schema ? complete(schema, rules, value, at) : CLOSED);
    setActive(-1);
  };
  const take = (index: number) => {
    const chosen = offer.suggestions[index];
    const at = input.current?.selectionStart ?? url.length;
    if (!chosen) return;
    const written = url.slice(0, offer.from) + chosen.text;
    caret.current = written.length;
    onChange(written + url.slice(at));
    if (/[=(]$/.test(chosen.text)) open(written, written.length);
    else close();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const count = offer.suggestions.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (isOpen) setActive((active + step + count + (active < 0 && step < 0 ? 1 : 0)) % count);
      else open(url, event.currentTarget.selectionStart ?? url.length);
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      close();
    } else if ((event.key === "Enter" || event.key === "Tab") && isOpen && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Enter") {
      event.preventDefault();
      close();
      onRun();
    }
  };
  return (
    <Field label={text.explorer.address} className={styles.around}>
      <div>
        <Input
          input={{ ref: input }}
          className={styles.input}
          role="combobox"
          aria-label={text.explorer.address}
          aria-expanded={isOpen}
          aria-autocomplete="list"
          aria-controls={isOpen ? `${id}list` : undefined}
          aria-activedescendant={active >= 0 ? `${id}${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={url}
          onChange={(event, { value }) => {
            onChange(value);
            open(value, event.target.selectionStart ?? value.length);
          }}
          onPaste={(event) => {
            const whole = event.clipboardData.getData("text");
            const cleaned = pasted(whole, window.location.origin);
            if (cleaned === whole) return;
            event.preventDefault();
            onChange(cleaned);
          }}
          onKeyDown={press}
          onBlur={close}
        />
        {isOpen && (
          <div className={styles.list} id={`${id}list`} role="listbox" aria-label={text.explorer.suggestions}>
            {offer.suggestions.map((one, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
              <div
                key={one.text}
                id={`${id}${index}`}
                role="option"
                aria-selected={index === active}
                ref={index === active ? (element) => element?.scrollIntoView?.({ block: "nearest" }) : undefined}
                className={mergeClasses(styles.option, index === active && styles.active)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(index)}
              >
                <span>{one.text}</span>
                <span className={styles.detail}>{one.detail}</span>
              </div>
            ))}
          </div>
        )}
      </div>
    </Field>
  );
}
