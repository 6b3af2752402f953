import { DataList } from "../../list/data-list";
import { signIns } from "../../lists/sign-ins";
import { ActionBar } from "../../parts/action-bar";
import { ACTIONS } from "../../parts/actions";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function SignInsPage() {
  return (
    <>
      <Heading title={text.titles.signIns} lead={text.signIns.lead} />
      <DataList
        definition={signIns}
        actions={(selected, reload) => (
          <ActionBar
            actions={ACTIONS.signIns}
            isSelection
            items={selected.map((signIn) => ({ id: signIn.id, name: signIns.nameOf(signIn) }))}
            onDone={reload}
          />
        )}
      />
    </>
  );
}
