import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { countriesOf, type Seen } from "../src/pages/overview/places";
import { PlacesSection } from "../src/pages/overview/places-section";
import { HEIGHT, onMap, WIDTH } from "../src/pages/overview/projection";
import { answering, show } from "./world";

function from(
  id: string,
  countryOrRegion: string | null,
  at: [number, number] | null,
  level: Seen["riskLevelDuringSignIn"],
) {
  const geoCoordinates = at && { latitude: at[0], longitude: at[1], altitude: null };
  return { id, location: { countryOrRegion, geoCoordinates }, riskLevelDuringSignIn: level } as Seen;
}

test("countries hold each sign-in once, the highest risk, and the middle of their places", () => {
  const low = from("1", "DE", [52, 13], "low");
  const found = countriesOf([
    low,
    low,
    from("2", "DE", [48, 13], "high"),
    from("3", "AT", null, "none"),
    from("4", null, [1, 1], "high"),
  ]);
  expect(found.map(({ code, level, seen }) => [code, level, seen])).toEqual([
    ["DE", "high", 2],
    ["AT", "none", 1],
  ]);
  expect(found[0]?.middle?.latitude).toBeCloseTo(50, 1);
  expect(found[1]?.middle).toBeNull();
});

test("the middle of places on both sides of the date line is there, not in Africa", () => {
  const [fiji] = countriesOf([from("1", "FJ", [-17, 179], "none"), from("2", "FJ", [-17, -179], "none")]);
  expect(Math.abs(fiji?.middle?.longitude ?? 0)).toBeCloseTo(180, 5);
});

test("a place is where the map shows it, and one beyond its edge at the edge", () => {
  expect(onMap(84, -180)).toEqual({ x: 0, y: 0 });
  expect(onMap(0, 0)).toEqual({ x: WIDTH / 2, y: 168 });
  expect(onMap(-90, 180)).toEqual({ x: WIDTH, y: HEIGHT });
});

test("each country on the map and beside it leads to the sign-ins it counts", async () => {
  const asked = answering(({ method, path, body }) => {
    if (method === "GET") {
      const isRisky = path.includes("riskLevelDuringSignIn eq 'high'");
      return { body: { value: isRisky ? [from("9", "NG", null, "high")] : [from("1", "US", [40, -100], "none")] } };
    }
    const responses = body.requests.map((one: { id: string; url: string }) => ({
      id: one.id,
      status: 200,
      body: decodeURIComponent(one.url).includes("location/countryOrRegion eq 'US'") ? "1200" : "3",
    }));
    return { body: { responses } };
  });
  show(<PlacesSection />);
  const marker = await screen.findByRole("link", { name: "United States: 1,200 sign-ins, risk None" });
  expect(marker.getAttribute("href")).toBe("/admin/sign-ins?since=7d&country=US");
  const listed = screen.getByRole("link", { name: "Nigeria" });
  expect(listed.getAttribute("href")).toBe("/admin/sign-ins?since=7d&country=NG");
  expect(listed.closest("li")?.textContent).toContain("not on the map");
  expect(asked.filter(({ method }) => method === "GET").map(({ path }) => /\$select=([^&]*)/.exec(path)?.[1])).toEqual([
    "id,location,riskLevelDuringSignIn",
    "id,location,riskLevelDuringSignIn",
  ]);
});

test("where no sign-in has a place, that is said", async () => {
  answering(() => ({ body: { value: [] } }));
  show(<PlacesSection />);
  expect(await screen.findByText("No sign-in of these days has a known place.")).toBeDefined();
});

test("without the right to read sign-ins, the reason is said", async () => {
  answering(() => ({ status: 403, body: { error: { code: "Forbidden", message: "no" } } }));
  show(<PlacesSection />);
  expect((await screen.findByRole("alert")).textContent).toContain("no directory role");
});
