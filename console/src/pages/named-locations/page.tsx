import { DataList } from "../../list/data-list";
import { namedLocations } from "../../lists/named-locations";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function NamedLocationsPage() {
  return (
    <>
      <Heading title={text.titles.namedLocations} lead={text.namedLocations.lead} />
      <DataList definition={namedLocations} />
    </>
  );
}
