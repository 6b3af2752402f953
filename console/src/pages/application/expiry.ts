/** How long before its end a credential is said to end soon, in milliseconds: 30 days. */
const SOON = 30 * 86_400_000;

export type Expiry = "valid" | "soon" | "expired";

/** Whether a credential is good; one without an end is. */
export function expiryOf(endDateTime: string | null | undefined, now: Date): Expiry {
  if (!endDateTime) return "valid";
  const left = new Date(endDateTime).getTime() - now.getTime();
  if (left <= 0) return "expired";
  return left < SOON ? "soon" : "valid";
}
