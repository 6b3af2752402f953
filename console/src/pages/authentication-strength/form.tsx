import { Checkbox, Field, Input, makeStyles, Textarea, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { AuthenticationMethodModes } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Card } from "../../parts/card";
import { EditForm } from "../../parts/edit-form";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { combination } from "../../texts/format";

const useStyles = makeStyles({
  description: { margin: 0 },
  list: { margin: `${tokens.spacingVerticalM} 0 0`, paddingLeft: tokens.spacingHorizontalXL },
  combinations: { display: "flex", flexDirection: "column", border: "none", margin: 0, padding: 0 },
});

export interface Draft {
  displayName: string;
  description: string;
  combinations: AuthenticationMethodModes[];
}

/** What the server knows of: any of these can be allowed. */
interface Root {
  combinations?: AuthenticationMethodModes[];
}

interface Props {
  first: Draft;
  isReadOnly?: boolean;
  save: (draft: Draft) => Promise<void>;
}

/** Name, description and the combinations of methods a strength allows. */
export function StrengthForm({ first, isReadOnly = false, save }: Props) {
  const styles = useStyles();
  const [draft, setDraft] = useState(first);
  const { value, failure, reload } = useResource<Root>("/identity/conditionalAccess/authenticationStrength");
  const known = (value?.combinations ?? []).filter((one) => one !== "unknownFutureValue");
  const toggle = (one: AuthenticationMethodModes) => {
    const wanted = new Set(draft.combinations);
    if (!wanted.delete(one)) wanted.add(one);
    setDraft({ ...draft, combinations: known.filter((each) => wanted.has(each)) });
  };
  if (failure) return <Failure failure={failure} retry={reload} />;
  if (isReadOnly) {
    return (
      <Card>
        <p className={styles.description}>{first.description}</p>
        <ul className={styles.list}>
          {first.combinations.map((one) => (
            <li key={one}>{combination(one)}</li>
          ))}
        </ul>
      </Card>
    );
  }
  return (
    <EditForm
      draft={draft}
      isComplete={draft.displayName.trim() !== "" && draft.combinations.length > 0}
      save={() => save(draft)}
    >
      <Field label={text.policy.name} required>
        <Input value={draft.displayName} onChange={(_, data) => setDraft({ ...draft, displayName: data.value })} />
      </Field>
      <Field label={text.editor.description}>
        <Textarea value={draft.description} onChange={(_, data) => setDraft({ ...draft, description: data.value })} />
      </Field>
      <fieldset className={styles.combinations}>
        <legend>{text.strengths.allowed}</legend>
        {known.map((one) => (
          <Checkbox
            key={one}
            label={combination(one)}
            checked={draft.combinations.includes(one)}
            onChange={() => toggle(one)}
          />
        ))}
      </fieldset>
    </EditForm>
  );
}
