import { DataList } from "../../list/data-list";
import { riskyServicePrincipals } from "../../lists/risky-service-principals";
import { Heading } from "../../parts/heading";
import { RiskActions } from "../../parts/risk-actions";
import { text } from "../../texts";

export function WorkloadIdentitiesPage() {
  return (
    <>
      <Heading title={text.titles.workloads} lead={text.workloads.lead} />
      <DataList
        definition={riskyServicePrincipals}
        actions={(selected, reload) => (
          <RiskActions
            subject="servicePrincipals"
            isSelection
            items={selected.map((one) => ({ id: one.id, name: riskyServicePrincipals.nameOf(one) }))}
            onDone={reload}
          />
        )}
      />
    </>
  );
}
