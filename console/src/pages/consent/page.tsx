import { Heading } from "../../parts/heading";
import { text } from "../../texts";
import { Grants } from "./grants";

/** What applications may do on behalf of people. */
export function ConsentPage() {
  return (
    <>
      <Heading title={text.titles.consent} lead={text.consent.lead} />
      <Grants />
    </>
  );
}
