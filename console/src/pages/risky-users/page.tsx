import { DataList } from "../../list/data-list";
import { riskyUsers } from "../../lists/risky-users";
import { ActionBar } from "../../parts/action-bar";
import { ACTIONS } from "../../parts/actions";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function RiskyUsersPage() {
  return (
    <>
      <Heading title={text.titles.riskyUsers} lead={text.riskyUsers.lead} />
      <DataList
        definition={riskyUsers}
        actions={(selected, reload) => (
          <ActionBar
            actions={ACTIONS.users}
            isSelection
            items={selected.map((user) => ({ id: user.id, name: riskyUsers.nameOf(user) }))}
            onDone={reload}
          />
        )}
      />
    </>
  );
}
