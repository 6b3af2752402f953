import { useMemo } from "react";
import { DataList } from "../../list/data-list";
import { permissionGrants } from "../../lists/permission-grants";
import { ActionBar } from "../../parts/action-bar";
import { ACTIONS } from "../../parts/actions";
import { Failure } from "../../parts/notice";
import { useNames } from "./use-names";

/** Consent to delegated permissions, to be taken back; of one client alone, if its service principal is given. */
export function Grants({ clientId }: { clientId?: string }) {
  const { names, failure, reload } = useNames();
  const definition = useMemo(() => names && permissionGrants(names, clientId), [names, clientId]);
  if (failure) return <Failure failure={failure} retry={reload} />;
  if (!definition) return null;
  return (
    <DataList
      definition={definition}
      actions={(selected, again) => (
        <ActionBar
          actions={ACTIONS.grants}
          isSelection
          items={selected.map((grant) => ({ id: grant.id, name: definition.nameOf(grant) }))}
          onDone={again}
        />
      )}
    />
  );
}
