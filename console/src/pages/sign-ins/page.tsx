import { DataList } from "../../list/data-list";
import { signIns } from "../../lists/sign-ins";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function SignInsPage() {
  return (
    <>
      <Heading title={text.pages.signIns} lead={text.signIns.lead} />
      <DataList definition={signIns} />
    </>
  );
}
