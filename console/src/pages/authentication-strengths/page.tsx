import { Button } from "@fluentui/react-components";
import { DataList } from "../../list/data-list";
import { authenticationStrengths } from "../../lists/authentication-strengths";
import { hrefOf, navigate } from "../../navigation/router";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function AuthenticationStrengthsPage() {
  return (
    <>
      <Heading title={text.titles.strengths} lead={text.strengths.lead}>
        <Button appearance="primary" onClick={() => navigate(hrefOf("/authentication-strengths/new"))}>
          {text.strengths.create}
        </Button>
      </Heading>
      <DataList definition={authenticationStrengths} />
    </>
  );
}
