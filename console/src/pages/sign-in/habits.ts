// What is usual of a user, counted from earlier sign-ins, beside what one sign-in had.
import type { SignIn } from "../../api/types";
import { place } from "../../texts/format";

export interface Habit {
  value: string;
  count: number;
  /** Whether the sign-in that is looked at has it. */
  isThis: boolean;
}

export interface Habits {
  places: Habit[];
  devices: Habit[];
  /** Sign-ins by the hour of the day, in the time zone of the browser. */
  hours: number[];
  /** The hour of the sign-in that is looked at. */
  hour: number;
}

/** Most values of each kind that are shown. */
const MOST = 6;

/** The habits that earlier sign-ins show. */
export function habitsOf(signIn: SignIn, earlier: SignIn[]): Habits {
  const hours = new Array<number>(24).fill(0);
  for (const one of earlier) hours[hourOf(one)] = (hours[hourOf(one)] ?? 0) + 1;
  return {
    places: counted(signIn, earlier, (one) => place(one.location)),
    devices: counted(signIn, earlier, deviceOf),
    hours,
    hour: hourOf(signIn),
  };
}

function hourOf(signIn: SignIn): number {
  return new Date(signIn.createdDateTime ?? "").getHours() || 0;
}

/** Browser without its version, and system. */
function deviceOf({ deviceDetail: device }: SignIn): string {
  const browser = device?.browser?.replace(/ [\d.]+$/, "");
  return [browser, device?.operatingSystem].filter(Boolean).join(", ");
}

/** Values with how often they occurred, the most frequent first; that of the sign-in is always among them. */
function counted(signIn: SignIn, earlier: SignIn[], ofSignIn: (signIn: SignIn) => string): Habit[] {
  const counts = new Map<string, number>();
  for (const one of earlier) counts.set(ofSignIn(one), (counts.get(ofSignIn(one)) ?? 0) + 1);
  const own = ofSignIn(signIn);
  const all = [...counts]
    .filter(([value]) => value)
    .map(([value, count]) => ({ value, count, isThis: value === own }))
    .sort((a, b) => b.count - a.count);
  const shown = all.slice(0, MOST);
  if (!own || shown.some(({ isThis }) => isThis)) return shown;
  return [...shown, all.find(({ isThis }) => isThis) ?? { value: own, count: 0, isThis: true }];
}
