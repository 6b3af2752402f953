import { time } from "../texts/format";

/** A time in the person's own zone; the exact one stands in the markup and appears when pointed at. */
export function Time({ at }: { at: string | null | undefined }) {
  if (!at) return null;
  return (
    <time dateTime={at} title={at}>
      {time(at)}
    </time>
  );
}
