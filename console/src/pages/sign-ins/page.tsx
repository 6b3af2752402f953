import { DataList } from "../../list/data-list";
import { signIns } from "../../lists/sign-ins";
import { Heading } from "../../parts/heading";
import { RiskActions } from "../../parts/risk-actions";
import { text } from "../../texts";

export function SignInsPage() {
  return (
    <>
      <Heading title={text.titles.signIns} lead={text.signIns.lead} />
      <DataList
        definition={signIns}
        actions={(selected, reload) => (
          <RiskActions
            subject="signIns"
            isSelection
            items={selected.map((signIn) => ({ id: signIn.id, name: signIns.nameOf(signIn) }))}
            onDone={reload}
          />
        )}
      />
    </>
  );
}
