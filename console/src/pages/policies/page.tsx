import { Button } from "@fluentui/react-components";
import { DataList } from "../../list/data-list";
import { policies } from "../../lists/policies";
import { hrefOf, navigate } from "../../navigation/router";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function PoliciesPage() {
  return (
    <>
      <Heading title={text.titles.policies} lead={text.policy.lead}>
        <Button appearance="primary" onClick={() => navigate(hrefOf("/policies/new"))}>
          {text.policy.create}
        </Button>
      </Heading>
      <DataList definition={policies} />
    </>
  );
}
