import { Button, Checkbox, Field, Input, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../../api/context";
import type { Page } from "../../api/graph";
import type { AuthenticationContextClassReference } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { hrefOf, navigate } from "../../navigation/router";
import { Section } from "../../parts/card";
import { Confirm } from "../../parts/confirm";
import { EditForm } from "../../parts/edit-form";
import { Heading } from "../../parts/heading";
import { NamingPolicies, namedIn } from "../../parts/naming-policies";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { freeId } from "./identifiers";

const CONTEXTS = "/identity/conditionalAccess/authenticationContextClassReferences";

/** One authentication context to edit, and the policies that are asked when it is. */
export function AuthenticationContextPage({ id }: { id: string }) {
  const path = `${CONTEXTS}/${encodeURIComponent(id)}`;
  const { value, failure, reload } = useResource<AuthenticationContextClassReference>(path);
  const graph = useGraph();
  const [isRemoving, setRemoving] = useState(false);
  const name = value?.displayName ?? id;
  return (
    <>
      <Heading title={name} lead={value && text.contexts.claim(id)}>
        {value && <Button onClick={() => setRemoving(true)}>{text.policy.remove}</Button>}
      </Heading>
      {failure && <Failure failure={failure} retry={reload} />}
      {value && (
        <>
          <Section title={text.signIn.facts}>
            <ContextForm
              first={value}
              save={async (draft) => {
                await graph.patch(path, draft);
                reload();
              }}
            />
          </Section>
          <NamingPolicies
            how={({ conditions }) =>
              namedIn(id, [conditions?.applications?.includeAuthenticationContextClassReferences])
            }
          />
        </>
      )}
      {isRemoving && (
        <Confirm
          question={text.contexts.removeQuestion(name)}
          effects={text.contexts.removeEffects}
          label={text.policy.remove}
          close={() => setRemoving(false)}
          run={async () => {
            await graph.delete(path);
            navigate(hrefOf("/authentication-contexts"), { replace: true });
          }}
        />
      )}
    </>
  );
}

/** A context that does not exist yet; it gets the first identifier that is free. */
export function NewAuthenticationContextPage() {
  const graph = useGraph();
  return (
    <>
      <Heading title={text.contexts.create} />
      <ContextForm
        first={{ id: "", isAvailable: true }}
        save={async (draft) => {
          const { value } = await graph.get<Page<AuthenticationContextClassReference>>(CONTEXTS);
          const id = freeId(value.map((one) => one.id));
          const made = await graph.post<AuthenticationContextClassReference>(CONTEXTS, { id, ...draft });
          navigate(hrefOf(`/authentication-contexts/${made.id}`), { replace: true });
        }}
      />
    </>
  );
}

interface Draft {
  displayName: string;
  description: string;
  isAvailable: boolean;
}

interface FormProps {
  first: AuthenticationContextClassReference;
  save: (draft: Draft) => Promise<void>;
}

function ContextForm({ first, save }: FormProps) {
  const [draft, setDraft] = useState<Draft>({
    displayName: first.displayName ?? "",
    description: first.description ?? "",
    isAvailable: first.isAvailable ?? false,
  });
  return (
    <EditForm draft={draft} isComplete={draft.displayName.trim() !== ""} save={() => save(draft)}>
      <Field label={text.policy.name} required>
        <Input value={draft.displayName} onChange={(_, data) => setDraft({ ...draft, displayName: data.value })} />
      </Field>
      <Field label={text.editor.description}>
        <Textarea value={draft.description} onChange={(_, data) => setDraft({ ...draft, description: data.value })} />
      </Field>
      <Checkbox
        label={text.contexts.publish}
        checked={draft.isAvailable}
        onChange={(_, data) => setDraft({ ...draft, isAvailable: data.checked === true })}
      />
    </EditForm>
  );
}
