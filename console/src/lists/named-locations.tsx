import { contains } from "../api/odata";
import type { CountryNamedLocation, IpNamedLocation, NamedLocation } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { Time } from "../parts/time";
import { text } from "../texts";
import { country } from "../texts/format";

/** A location of either kind, with what tells the kind. */
type Location = NamedLocation & { "@odata.type"?: string } & Partial<IpNamedLocation> & Partial<CountryNamedLocation>;

export const namedLocations: ListDefinition<Location> = {
  id: "named-locations",
  title: () => text.titles.namedLocations,
  path: "/identity/conditionalAccess/namedLocations",
  live: "identity/conditionalAccess",
  columns: [
    {
      id: "name",
      title: () => text.policy.name,
      value: (location) => location.displayName ?? "",
      cell: (location) => <Link to={`/named-locations/${location.id}`}>{location.displayName}</Link>,
      sort: "displayName",
      grow: 1.3,
    },
    {
      id: "kind",
      title: () => text.namedLocations.kind,
      value: (location) => (isCountries(location) ? text.namedLocations.countries : text.namedLocations.ip),
    },
    {
      id: "trusted",
      title: () => text.namedLocations.trusted,
      value: (location) => (location.isTrusted ? text.yes : text.no),
      grow: 0.6,
    },
    { id: "contents", title: () => text.namedLocations.contents, value: contents, grow: 2.5 },
    {
      id: "modified",
      title: () => text.policy.modified,
      value: (location) => location.modifiedDateTime ?? "",
      cell: (location) => <Time at={location.modifiedDateTime} />,
      sort: "modifiedDateTime",
    },
  ],
  filters: [
    {
      kind: "text",
      id: "name",
      title: () => text.policy.name,
      clause: (value) => contains<NamedLocation>("displayName", value),
    },
  ],
  sort: { column: "name", descending: false },
  nameOf: (location) => location.displayName ?? location.id,
  empty: () => ({ title: text.namedLocations.empty, hint: text.namedLocations.emptyHint }),
};

function isCountries(location: Location): boolean {
  return location["@odata.type"]?.endsWith("countryNamedLocation") ?? false;
}

/** The ranges or the countries. */
function contents(location: Location): string {
  if (!isCountries(location)) {
    const ranges = (location.ipRanges ?? []) as {
      cidrAddress?: string;
      lowerAddress?: string;
      upperAddress?: string;
    }[];
    return ranges.map((range) => range.cidrAddress ?? `${range.lowerAddress}–${range.upperAddress}`).join(", ");
  }
  const names = (location.countriesAndRegions ?? []).map(country);
  if (location.includeUnknownCountriesAndRegions) names.push(text.namedLocations.unknownCountries);
  return names.join(", ");
}
