import { Button } from "@fluentui/react-components";
import { DataList } from "../../list/data-list";
import { authenticationContexts } from "../../lists/authentication-contexts";
import { hrefOf, navigate } from "../../navigation/router";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function AuthenticationContextsPage() {
  return (
    <>
      <Heading title={text.titles.contexts} lead={text.contexts.lead}>
        <Button appearance="primary" onClick={() => navigate(hrefOf("/authentication-contexts/new"))}>
          {text.contexts.create}
        </Button>
      </Heading>
      <DataList definition={authenticationContexts} />
    </>
  );
}
