// A named location as it is edited, and what is sent of it.
import type { CountryNamedLocation, IpNamedLocation, NamedLocation } from "../../api/types";

/** A location of either kind, with what tells the kind. */
export type AnyLocation = NamedLocation & { "@odata.type"?: string } & Partial<IpNamedLocation> &
  Partial<CountryNamedLocation>;

export interface Draft {
  kind: "ip" | "countries";
  displayName: string;
  isTrusted: boolean;
  /** Ranges, one on each line. */
  ranges: string;
  /** Countries of two letters, separated by commas or spaces. */
  countries: string;
  includeUnknown: boolean;
}

export const NEW: Draft = {
  kind: "ip",
  displayName: "",
  isTrusted: false,
  ranges: "",
  countries: "",
  includeUnknown: false,
};

export function draftOf(location: AnyLocation): Draft {
  const ranges = (location.ipRanges ?? []) as { cidrAddress?: string }[];
  return {
    kind: location["@odata.type"]?.endsWith("countryNamedLocation") ? "countries" : "ip",
    displayName: location.displayName ?? "",
    isTrusted: location.isTrusted ?? false,
    ranges: ranges.map((range) => range.cidrAddress ?? "").join("\n"),
    countries: (location.countriesAndRegions ?? []).join(", "),
    includeUnknown: location.includeUnknownCountriesAndRegions ?? false,
  };
}

/** The location as Graph takes it. Of an address alone its range is itself. */
export function bodyOf(draft: Draft): object {
  const { displayName } = draft;
  if (draft.kind === "countries") {
    return {
      "@odata.type": "#microsoft.graph.countryNamedLocation",
      displayName,
      countriesAndRegions: wordsOf(draft.countries).map((code) => code.toUpperCase()),
      includeUnknownCountriesAndRegions: draft.includeUnknown,
    };
  }
  return {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    displayName,
    isTrusted: draft.isTrusted,
    ipRanges: wordsOf(draft.ranges).map((range) => {
      const isSix = range.includes(":");
      const cidrAddress = range.includes("/") ? range : `${range}/${isSix ? 128 : 32}`;
      return { "@odata.type": `#microsoft.graph.iPv${isSix ? 6 : 4}CidrRange`, cidrAddress };
    }),
  };
}

function wordsOf(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}
