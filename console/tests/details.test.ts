import { expect, test } from "vitest";
import type { SignIn } from "../src/api/types";
import { bodyOf, draftOf, NEW } from "../src/pages/named-location/location";
import { habitsOf } from "../src/pages/sign-in/habits";
import { newPassword } from "../src/pages/users/password";
import { duration } from "../src/texts/format";

test("a location is sent as it was typed, an address alone as the range of itself", () => {
  const ip = { ...NEW, displayName: "Office", isTrusted: true, ranges: "192.0.2.7\n 2001:db8::/32, 198.51.100.0/24" };
  expect(bodyOf(ip)).toEqual({
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    displayName: "Office",
    isTrusted: true,
    ipRanges: [
      { "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "192.0.2.7/32" },
      { "@odata.type": "#microsoft.graph.iPv6CidrRange", cidrAddress: "2001:db8::/32" },
      { "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "198.51.100.0/24" },
    ],
  });
  const countries = {
    ...NEW,
    kind: "countries" as const,
    displayName: "Home",
    countries: "de, at;ch",
    includeUnknown: true,
  };
  const body = bodyOf(countries);
  expect(body).toMatchObject({ countriesAndRegions: ["DE", "AT", "CH"], includeUnknownCountriesAndRegions: true });
  expect(draftOf({ id: "l", ...body })).toEqual({ ...countries, countries: "DE, AT, CH" });
});

const signIn = (city: string, browser: string, hour: number): SignIn => ({
  id: `${city}${browser}${hour}`,
  location: { city, countryOrRegion: "DE" },
  deviceDetail: { browser, operatingSystem: "Linux" },
  createdDateTime: new Date(2026, 10, 25, hour).toISOString(),
});

test("what a sign-in had stands among what is usual, also if it never was before", () => {
  const earlier = [
    signIn("Berlin", "Firefox 140.0", 9),
    signIn("Berlin", "Firefox 141.0", 9),
    signIn("Bonn", "Chrome 1", 10),
  ];
  const habits = habitsOf(signIn("Rom", "Firefox 142.0", 3), earlier);
  expect(habits.places).toEqual([
    { value: "Berlin, Germany", count: 2, isThis: false },
    { value: "Bonn, Germany", count: 1, isThis: false },
    { value: "Rom, Germany", count: 0, isThis: true },
  ]);
  expect(habits.devices[0]).toEqual({ value: "Firefox, Linux", count: 2, isThis: true });
  expect([habits.hours[9], habits.hours[10], habits.hour]).toEqual([2, 1, 3]);
});

test("made passwords are long, of three kinds of characters, and never the same", () => {
  const made = new Set(Array.from({ length: 200 }, newPassword));
  expect(made.size).toBe(200);
  for (const password of made) {
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z2-9]{5}(-[a-zA-Z2-9]{5}){3}$/);
    expect(password).not.toMatch(/[l1IO0o]/);
  }
});

test("a duration is said in the largest unit that fits", () => {
  expect(duration(30)).toBe("0 minutes");
  expect(duration(3_600)).toBe("1 hour");
  expect(duration(200_000)).toBe("2 days");
});
