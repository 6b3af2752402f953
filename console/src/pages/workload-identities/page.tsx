import { DataList } from "../../list/data-list";
import { riskyServicePrincipals } from "../../lists/risky-service-principals";
import { ActionBar } from "../../parts/action-bar";
import { ACTIONS } from "../../parts/actions";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function WorkloadIdentitiesPage() {
  return (
    <>
      <Heading title={text.titles.workloads} lead={text.workloads.lead} />
      <DataList
        definition={riskyServicePrincipals}
        actions={(selected, reload) => (
          <ActionBar
            actions={ACTIONS.servicePrincipals}
            isSelection
            items={selected.map((one) => ({ id: one.id, name: riskyServicePrincipals.nameOf(one) }))}
            onDone={reload}
          />
        )}
      />
    </>
  );
}
