import { DataList } from "../../list/data-list";
import { audits } from "../../lists/audits";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function AuditsPage() {
  return (
    <>
      <Heading title={text.titles.audits} lead={text.audits.lead} />
      <DataList definition={audits} />
    </>
  );
}
