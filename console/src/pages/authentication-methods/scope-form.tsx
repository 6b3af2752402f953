import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import { EditForm } from "../../parts/edit-form";
import { text } from "../../texts";
import { KINDS, type Kind } from "../policy/kinds";
import { Picker } from "../policy/picker";
import type { Scope } from "./configuration";

/** People by name; a method has no word for guests or nobody. */
const PEOPLE: Kind = { ...KINDS.users, keywords: () => [] };

interface Props {
  first: Scope;
  save: (scope: Scope) => Promise<void>;
}

/** Whom a method is for, and whom not. */
export function ScopeForm({ first, save }: Props) {
  const [scope, setScope] = useState(first);
  const said = text.methodsPolicy;
  const picker = (label: string, kind: Kind, name: Exclude<keyof Scope, "isForAll">) => (
    <Picker
      label={label}
      kind={kind}
      selected={scope[name]}
      onChange={(picked) => setScope({ ...scope, [name]: picked })}
    />
  );
  return (
    <EditForm
      draft={scope}
      isComplete={scope.isForAll || scope.groups.length + scope.people.length > 0}
      save={() => save(scope)}
    >
      <Field label={said.scope}>
        <RadioGroup
          value={scope.isForAll ? "all" : "selected"}
          onChange={(_, data) => setScope({ ...scope, isForAll: data.value === "all" })}
        >
          <Radio value="all" label={said.everybody} />
          <Radio value="selected" label={said.selected} />
        </RadioGroup>
      </Field>
      {!scope.isForAll && picker(said.groups, KINDS.groups, "groups")}
      {!scope.isForAll && picker(said.people, PEOPLE, "people")}
      {picker(said.groupsLeftOut, KINDS.groups, "groupsLeftOut")}
      {picker(said.peopleLeftOut, PEOPLE, "peopleLeftOut")}
    </EditForm>
  );
}
