import { Button } from "@fluentui/react-components";
import { useState } from "react";
import type { Page } from "../../api/graph";
import type { Organization } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { DataList } from "../../list/data-list";
import { users } from "../../lists/users";
import { ActionBar } from "../../parts/action-bar";
import { ACTIONS } from "../../parts/actions";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";
import { NewUser } from "./new-user";

/** Everybody, whether at risk or not. */
export function UsersPage() {
  const [isMaking, setMaking] = useState(false);
  const { value } = useResource<Page<Organization>>("/organization");
  const domains = value?.value[0]?.verifiedDomains ?? [];
  const domain = (domains.find(({ isDefault }) => isDefault) ?? domains[0])?.name ?? "";
  return (
    <>
      <Heading title={text.titles.users} lead={text.directory.usersLead}>
        <Button appearance="primary" onClick={() => setMaking(true)}>
          {text.directory.newUser}
        </Button>
      </Heading>
      <DataList
        definition={users}
        actions={(selected, reload) => (
          <ActionBar
            isSelection
            actions={ACTIONS.accounts}
            items={selected.map((user) => ({ id: user.id, name: users.nameOf(user) }))}
            onDone={reload}
          />
        )}
      />
      {isMaking && <NewUser domain={domain} close={() => setMaking(false)} />}
    </>
  );
}
