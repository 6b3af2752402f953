import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { text } from "../../texts";
import { locale } from "../../texts/format";
import type { Day } from "./use-overview";

const useStyles = makeStyles({
  days: { display: "flex", gap: tokens.spacingHorizontalS, margin: 0, padding: 0, listStyleType: "none" },
  day: { flexGrow: 1, flexBasis: 0, minWidth: 0, textAlign: "center", fontSize: tokens.fontSizeBase200 },
  bars: {
    display: "flex",
    flexDirection: "column",
    justifyContent: "flex-end",
    height: "140px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    marginBottom: tokens.spacingVerticalXS,
  },
  // Without its colour a bar would not be seen in high contrast.
  bar: { display: "block", width: "100%", forcedColorAdjust: "none" },
  high: { backgroundColor: tokens.colorPaletteRedBackground3 },
  medium: { backgroundColor: tokens.colorPaletteDarkOrangeBackground3 },
  low: { backgroundColor: tokens.colorPaletteYellowBackground3 },
});

/** Detections of each day as a bar, by level. A screen reader is read the numbers. */
export function DayChart({ days }: { days: Day[] }) {
  const styles = useStyles();
  const most = Math.max(1, ...days.map((day) => day.high + day.medium + day.low));
  const name = new Intl.DateTimeFormat(locale(), { weekday: "short" });
  const full = new Intl.DateTimeFormat(locale(), { dateStyle: "full" });
  return (
    <ul className={styles.days} aria-label={text.overview.detectionsByDay}>
      {days.map((day) => {
        const words = text.overview.day(full.format(day.day), day.high, day.medium, day.low);
        return (
          <li key={day.day.getTime()} className={styles.day} title={words}>
            <span className={styles.bars} role="img" aria-label={words}>
              {(["high", "medium", "low"] as const).map((level) => (
                <span
                  key={level}
                  className={mergeClasses(styles.bar, styles[level])}
                  style={{ height: `${(100 * day[level]) / most}%` }}
                />
              ))}
            </span>
            {name.format(day.day)}
          </li>
        );
      })}
    </ul>
  );
}
