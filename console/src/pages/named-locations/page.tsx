import { Button } from "@fluentui/react-components";
import { DataList } from "../../list/data-list";
import { namedLocations } from "../../lists/named-locations";
import { hrefOf, navigate } from "../../navigation/router";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function NamedLocationsPage() {
  return (
    <>
      <Heading title={text.titles.namedLocations} lead={text.namedLocations.lead}>
        <Button appearance="primary" onClick={() => navigate(hrefOf("/named-locations/new"))}>
          {text.namedLocations.create}
        </Button>
      </Heading>
      <DataList definition={namedLocations} />
    </>
  );
}
