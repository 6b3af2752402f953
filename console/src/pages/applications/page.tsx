import { DataList } from "../../list/data-list";
import { applications } from "../../lists/applications";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function ApplicationsPage() {
  return (
    <>
      <Heading title={text.titles.applications} lead={text.directory.applicationsLead} />
      <DataList definition={applications} />
    </>
  );
}
