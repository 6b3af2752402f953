// Times, places and names as people read them.
import type { SignInLocation } from "../api/types";
import { text } from "./index";

/** How numbers, times and countries are written: as the person's region does it, if it speaks the language of the texts. */
export function locale(): string {
  return navigator.languages.find((known) => known.split("-")[0] === text.code) ?? text.code;
}

/** A time in the time zone of the browser. */
export function time(value: string | null | undefined): string {
  if (!value) return "";
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium" }).format(at);
}

/** How long something is, in the largest unit that fits: `3 days`, `5 hours`, `12 minutes`. */
export function duration(seconds: number): string {
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const;
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? units[2];
  const style = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(locale(), style).format(Math.floor(seconds / size));
}

/** A number with the separators of the person's region. */
export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** City and country, as far as they are known. */
export function place(location: SignInLocation | null | undefined): string {
  return [location?.city, country(location?.countryOrRegion)].filter(Boolean).join(", ");
}

/** The name of a country of two letters (ISO 3166). */
export function country(code: string | null | undefined): string {
  if (!code) return "";
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(locale(), { type: "region" }).of(code.toUpperCase()) ?? code;
}

/** Methods that are passed together, in words. */
export function combination(modes: string): string {
  return modes
    .split(",")
    .map((mode) => word(text.methodModes, mode))
    .join(" + ");
}

/** The name of a detection; one that is not known is spelled out. */
export function detectionName(riskEventType: string | null | undefined): string {
  if (!riskEventType) return "";
  return text.words.detections[riskEventType]?.name ?? spelledOut(riskEventType);
}

/** `fooBarBaz` as `Foo bar baz`. */
export function spelledOut(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The word of an enumeration's member; one that is not known is spelled out. */
export function word(words: Record<string, string>, member: string | null | undefined): string {
  if (!member) return "";
  return words[member] ?? spelledOut(member);
}
