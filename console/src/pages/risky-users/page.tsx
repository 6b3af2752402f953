import { DataList } from "../../list/data-list";
import { riskyUsers } from "../../lists/risky-users";
import { Heading } from "../../parts/heading";
import { RiskActions } from "../../parts/risk-actions";
import { text } from "../../texts";

export function RiskyUsersPage() {
  return (
    <>
      <Heading title={text.titles.riskyUsers} lead={text.riskyUsers.lead} />
      <DataList
        definition={riskyUsers}
        actions={(selected, reload) => (
          <RiskActions
            subject="users"
            isSelection
            items={selected.map((user) => ({ id: user.id, name: riskyUsers.nameOf(user) }))}
            onDone={reload}
          />
        )}
      />
    </>
  );
}
