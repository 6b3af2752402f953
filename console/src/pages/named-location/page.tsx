import { Button, Checkbox, Field, Input, Radio, RadioGroup, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../../api/context";
import { useResource } from "../../api/use-resource";
import { hrefOf, navigate } from "../../navigation/router";
import { Confirm } from "../../parts/confirm";
import { EditForm } from "../../parts/edit-form";
import { Heading } from "../../parts/heading";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { type AnyLocation, bodyOf, type Draft, draftOf, NEW } from "./location";

const LOCATIONS = "/identity/conditionalAccess/namedLocations";

/** One named location to edit. */
export function NamedLocationPage({ id }: { id: string }) {
  const path = `${LOCATIONS}/${encodeURIComponent(id)}`;
  const { value, failure, reload } = useResource<AnyLocation>(path);
  const graph = useGraph();
  const [isRemoving, setRemoving] = useState(false);
  const name = value?.displayName ?? text.titles.namedLocations;
  return (
    <>
      <Heading title={name}>{value && <Button onClick={() => setRemoving(true)}>{text.policy.remove}</Button>}</Heading>
      {failure && <Failure failure={failure} retry={reload} />}
      {value && (
        <LocationForm
          key={value.modifiedDateTime ?? value.id}
          first={draftOf(value)}
          save={async (body) => {
            await graph.patch(path, body);
            reload();
          }}
        />
      )}
      {isRemoving && (
        <Confirm
          question={text.namedLocations.removeQuestion(name)}
          effects={text.namedLocations.removeEffects}
          label={text.policy.remove}
          close={() => setRemoving(false)}
          run={async () => {
            await graph.delete(path);
            navigate(hrefOf("/named-locations"), { replace: true });
          }}
        />
      )}
    </>
  );
}

/** A named location that does not exist yet. */
export function NewNamedLocationPage() {
  const graph = useGraph();
  return (
    <>
      <Heading title={text.namedLocations.create} />
      <LocationForm
        first={NEW}
        isNew
        save={async (body) => {
          const made = await graph.post<AnyLocation>(LOCATIONS, body);
          navigate(hrefOf(`/named-locations/${made.id}`), { replace: true });
        }}
      />
    </>
  );
}

interface FormProps {
  first: Draft;
  isNew?: boolean;
  save: (body: object) => Promise<void>;
}

function LocationForm({ first, isNew = false, save }: FormProps) {
  const [draft, setDraft] = useState(first);
  const set = (changes: Partial<Draft>) => setDraft((current) => ({ ...current, ...changes }));
  return (
    <EditForm draft={draft} isComplete={draft.displayName.trim() !== ""} save={() => save(bodyOf(draft))}>
      <Field label={text.policy.name} required>
        <Input value={draft.displayName} onChange={(_, data) => set({ displayName: data.value })} />
      </Field>
      {isNew && <Kind kind={draft.kind} choose={(kind) => set({ kind })} />}
      {draft.kind === "ip" ? <Ranges draft={draft} set={set} /> : <Countries draft={draft} set={set} />}
    </EditForm>
  );
}

function Kind({ kind, choose }: { kind: Draft["kind"]; choose: (kind: Draft["kind"]) => void }) {
  return (
    <Field label={text.namedLocations.kind}>
      <RadioGroup value={kind} onChange={(_, data) => choose(data.value as Draft["kind"])}>
        <Radio value="ip" label={text.namedLocations.ip} />
        <Radio value="countries" label={text.namedLocations.countries} />
      </RadioGroup>
    </Field>
  );
}

interface PartProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
}

function Ranges({ draft, set }: PartProps) {
  return (
    <>
      <Field label={text.namedLocations.ranges} hint={text.namedLocations.rangesHint}>
        <Textarea
          value={draft.ranges}
          rows={6}
          spellCheck={false}
          onChange={(_, data) => set({ ranges: data.value })}
        />
      </Field>
      <Checkbox
        label={text.namedLocations.markTrusted}
        checked={draft.isTrusted}
        onChange={(_, data) => set({ isTrusted: data.checked === true })}
      />
    </>
  );
}

function Countries({ draft, set }: PartProps) {
  return (
    <>
      <Field label={text.namedLocations.countries} hint={text.namedLocations.countriesHint}>
        <Input value={draft.countries} onChange={(_, data) => set({ countries: data.value })} />
      </Field>
      <Checkbox
        label={text.namedLocations.unknownCountries}
        checked={draft.includeUnknown}
        onChange={(_, data) => set({ includeUnknown: data.checked === true })}
      />
    </>
  );
}
