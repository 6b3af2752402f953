// How the map is drawn: degrees are units, so that a place is found without a formula (plate carrée).

/** Units of a degree. */
const SCALE = 2;
/** The latitude the map begins at, above; no sign-in comes from further north. */
const NORTH = 84;
/** The latitude it ends at, below. */
const SOUTH = -58;

export const WIDTH = 360 * SCALE;
export const HEIGHT = (NORTH - SOUTH) * SCALE;

/** Where a place is on the map; what is beyond its edge is at the edge. */
export function onMap(latitude: number, longitude: number): { x: number; y: number } {
  return {
    x: Math.min(WIDTH, Math.max(0, (longitude + 180) * SCALE)),
    y: Math.min(HEIGHT, Math.max(0, (NORTH - latitude) * SCALE)),
  };
}
