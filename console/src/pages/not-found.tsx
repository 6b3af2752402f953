import { Heading } from "../parts/heading";
import { text } from "../texts";

export function NotFoundPage() {
  return <Heading title={text.titles.notFound} lead={text.notFoundHint} />;
}
