import { DataList } from "../../list/data-list";
import { groups } from "../../lists/groups";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function GroupsPage() {
  return (
    <>
      <Heading title={text.titles.groups} lead={text.directory.groupsLead} />
      <DataList definition={groups} />
    </>
  );
}
