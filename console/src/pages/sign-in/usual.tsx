import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import type { Page } from "../../api/graph";
import { allOf, equals, withOptions } from "../../api/odata";
import type { SignIn } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Card, Section } from "../../parts/card";
import { text } from "../../texts";
import { type Habit, habitsOf } from "./habits";

/** Most earlier sign-ins that are looked at. */
const MOST = 200;

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(260px, 100%), 1fr))",
    gap: tokens.spacingHorizontalXL,
  },
  title: { margin: `0 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase300 },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "grid", gap: tokens.spacingVerticalXS },
  item: { display: "grid", gridTemplateColumns: "1fr auto", columnGap: tokens.spacingHorizontalS },
  own: { fontWeight: tokens.fontWeightSemibold },
  track: { gridColumnStart: 1, gridColumnEnd: -1, height: "6px", backgroundColor: tokens.colorNeutralBackground4 },
  bar: { display: "block", height: "6px", minWidth: "1px", backgroundColor: tokens.colorNeutralStroke1Pressed },
  ownBar: { backgroundColor: tokens.colorBrandBackground },
  hours: { display: "block", width: "100%", height: "96px" },
  hour: { fill: tokens.colorNeutralStroke1Pressed },
  ownHour: { fill: tokens.colorBrandBackground },
  label: { fill: tokens.colorNeutralForeground2, fontSize: "9px" },
  lead: { display: "block", marginBottom: tokens.spacingVerticalM, color: tokens.colorNeutralForeground2 },
});

/** The user's usual places, devices and hours, and where this sign-in lies among them. */
export function Usual({ signIn }: { signIn: SignIn }) {
  const styles = useStyles();
  const { value } = useResource<Page<SignIn>>(
    withOptions("/auditLogs/signIns", {
      $filter: allOf([
        equals<SignIn>("userId", signIn.userId ?? ""),
        "status/errorCode eq 0",
        `createdDateTime lt ${signIn.createdDateTime}`,
      ]),
      $orderby: "createdDateTime desc",
      $top: MOST,
    }),
  );
  if (!value) return null;
  const said = text.usual;
  const habits = habitsOf(signIn, value.value);
  return (
    <Section title={said.title}>
      <Card>
        <Text className={styles.lead}>{value.value.length === 0 ? said.nothing : said.lead(value.value.length)}</Text>
        <div className={styles.columns}>
          <Bars title={said.places} habits={habits.places} />
          <Bars title={said.devices} habits={habits.devices} />
          <Hours hours={habits.hours} hour={habits.hour} />
        </div>
      </Card>
    </Section>
  );
}

function Bars({ title, habits }: { title: string; habits: Habit[] }) {
  const styles = useStyles();
  const most = Math.max(1, ...habits.map(({ count }) => count));
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list}>
        {habits.map(({ value, count, isThis }) => (
          <li key={value} className={mergeClasses(styles.item, isThis && styles.own)}>
            <span>{isThis ? text.usual.thisOne(value) : value}</span>
            <span>{text.usual.times(count)}</span>
            <span className={styles.track} aria-hidden>
              <span
                className={mergeClasses(styles.bar, isThis && styles.ownBar)}
                style={{ width: `${(100 * count) / most}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Hours({ hours, hour }: { hours: number[]; hour: number }) {
  const styles = useStyles();
  const most = Math.max(1, ...hours);
  return (
    <div>
      <h3 className={styles.title}>{text.usual.hours}</h3>
      <svg
        className={styles.hours}
        viewBox="0 0 240 96"
        preserveAspectRatio="none"
        role="img"
        aria-label={text.usual.hourOf(hour, hours[hour] ?? 0)}
      >
        {hours.map((count, index) => {
          const height = Math.max(index === hour ? 3 : 1, (80 * count) / most);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its index
              key={index}
              className={index === hour ? styles.ownHour : styles.hour}
              x={index * 10 + 1}
              y={82 - height}
              width={8}
              height={height}
            />
          );
        })}
        {[0, 6, 12, 18].map((index) => (
          <text key={index} className={styles.label} x={index * 10} y={94}>
            {index}
          </text>
        ))}
      </svg>
      <Text size={200}>{text.usual.hourOf(hour, hours[hour] ?? 0)}</Text>
    </div>
  );
}
