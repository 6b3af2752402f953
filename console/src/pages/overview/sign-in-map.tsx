import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { MouseEvent } from "react";
import { hrefOf, navigate } from "../../navigation/router";
import { text } from "../../texts";
import { country, number, word } from "../../texts/format";
import { LAND } from "./land";
import { HEIGHT, onMap, WIDTH } from "./projection";
import type { CountedCountry } from "./use-countries";

const useStyles = makeStyles({
  map: { display: "block", width: "100%", height: "auto" },
  land: { fill: tokens.colorNeutralBackground5, stroke: tokens.colorNeutralStroke1, strokeWidth: "0.5" },
  // In high contrast the system's colours are taken; the outline tells what the fill does not.
  place: { stroke: tokens.colorNeutralBackground1, strokeWidth: "1", fillOpacity: 0.85 },
  link: {
    outlineStyle: "none",
    ":hover circle": { strokeWidth: "2.5", stroke: tokens.colorNeutralForeground1 },
    ":focus-visible circle": { strokeWidth: "2.5", stroke: tokens.colorNeutralForeground1 },
  },
  high: { fill: tokens.colorPaletteRedBackground3 },
  medium: { fill: tokens.colorPaletteDarkOrangeBackground3 },
  low: { fill: tokens.colorPaletteYellowBackground3 },
  none: { fill: tokens.colorBrandBackground },
  forced: {
    "@media (forced-colors: active)": { forcedColorAdjust: "none", fill: "LinkText", stroke: "Canvas" },
  },
  forcedLand: { "@media (forced-colors: active)": { forcedColorAdjust: "none", fill: "Canvas", stroke: "CanvasText" } },
});

/** Smallest and largest radius of a country's circle, in units of the map. */
const RADIUS = { least: 4, most: 20 };

/** Countries as circles whose area grows with their sign-ins; each leads to them. */
export function SignInMap({ countries }: { countries: CountedCountry[] }) {
  const styles = useStyles();
  const most = Math.max(1, ...countries.map((one) => one.count));
  const follow = (event: MouseEvent, href: string) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group within a drawing
    <svg className={styles.map} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={text.overview.map}>
      <path className={mergeClasses(styles.land, styles.forcedLand)} d={LAND} />
      {countries.map(({ code, middle, level, count, figure }) => {
        if (!middle) return null;
        const { x, y } = onMap(middle.latitude, middle.longitude);
        const href = hrefOf(figure.to, figure.query);
        const words = text.overview.fromCountry(country(code), number(count), word(text.words.riskLevel, level));
        return (
          <a key={code} className={styles.link} href={href} aria-label={words} onClick={(event) => follow(event, href)}>
            <title>{words}</title>
            <circle
              className={mergeClasses(styles.place, styles[level as "high"] ?? styles.none, styles.forced)}
              cx={x}
              cy={y}
              r={RADIUS.least + (RADIUS.most - RADIUS.least) * Math.sqrt(count / most)}
            />
          </a>
        );
      })}
    </svg>
  );
}
