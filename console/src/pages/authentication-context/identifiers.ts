/** Most authentication contexts a tenant has (contract: `c1` to `c99`). */
const MOST = 99;

/** The first identifier of an authentication context that is free; the last one if none is, which the server then refuses. */
export function freeId(taken: string[]): string {
  const known = new Set(taken.map((id) => id.toLowerCase()));
  const number = Array.from({ length: MOST }, (_, index) => index + 1).find((one) => !known.has(`c${one}`));
  return `c${number ?? MOST}`;
}
