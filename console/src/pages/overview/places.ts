// From where people signed in: which countries, and where on a map.
import type { RiskLevel, SignIn } from "../../api/types";

export type Seen = Pick<SignIn, "id" | "location" | "riskLevelDuringSignIn">;

/** A country as far as some of its sign-ins tell. */
export interface Country {
  /** Two letters (ISO 3166), as the sign-ins say it. */
  code: string;
  /** The middle of the places of its sign-ins, in degrees; `null` if no place is known. */
  middle: { latitude: number; longitude: number } | null;
  /** The highest risk among them. */
  level: RiskLevel;
  /** How many of them were seen. */
  seen: number;
}

const ORDER: RiskLevel[] = ["high", "medium", "low"];

/** The countries of these sign-ins, those with most first; a sign-in that is given twice counts once. */
export function countriesOf(signIns: Seen[]): Country[] {
  const byCode = new Map<string, Seen[]>();
  for (const signIn of new Map(signIns.map((one) => [one.id, one])).values()) {
    const code = signIn.location?.countryOrRegion;
    if (code) byCode.set(code, [...(byCode.get(code) ?? []), signIn]);
  }
  return [...byCode]
    .map(([code, all]) => ({
      code,
      middle: middleOf(all),
      level: ORDER.find((level) => all.some((one) => one.riskLevelDuringSignIn === level)) ?? "none",
      seen: all.length,
    }))
    .sort((a, b) => b.seen - a.seen || a.code.localeCompare(b.code));
}

/** The middle of places: as vectors, since longitudes begin anew in the Pacific. */
function middleOf(signIns: Seen[]): Country["middle"] {
  let [x, y, z] = [0, 0, 0];
  for (const { location } of signIns) {
    const { latitude, longitude } = location?.geoCoordinates ?? {};
    if (typeof latitude !== "number" || typeof longitude !== "number") continue;
    const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    x += Math.cos(north) * Math.cos(east);
    y += Math.cos(north) * Math.sin(east);
    z += Math.sin(north);
  }
  if (x === 0 && y === 0 && z === 0) return null;
  const degrees = 180 / Math.PI;
  return { latitude: Math.atan2(z, Math.hypot(x, y)) * degrees, longitude: Math.atan2(y, x) * degrees };
}
