import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { Link } from "../navigation/link";
import { text } from "../texts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "2px" },
  group: {
    display: "block",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground3,
  },
  link: {
    display: "block",
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    borderLeft: "3px solid transparent",
    // High contrast shows what is transparent.
    "@media (forced-colors: active)": { borderLeftColor: "Canvas" },
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  current: {
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    borderLeftColor: tokens.colorBrandStroke1,
    "@media (forced-colors: active)": { borderLeftColor: "Highlight" },
  },
});

interface Entry {
  to: string;
  title: () => string;
  /** Beginnings of paths that belong to it. */
  also?: string[];
  /** Whether it is a page beside the console. */
  isOutside?: boolean;
}

const GROUPS: { title: () => string; entries: Entry[] }[] = [
  {
    title: () => text.groups.protection,
    entries: [
      { to: "/", title: () => text.titles.overview },
      { to: "/risky-users", title: () => text.titles.riskyUsers, also: ["/users/"] },
      { to: "/risk-detections", title: () => text.titles.riskDetections },
      { to: "/sign-ins", title: () => text.titles.signIns, also: ["/sign-ins/"] },
      { to: "/workload-identities", title: () => text.titles.workloads },
    ],
  },
  {
    title: () => text.groups.access,
    entries: [
      { to: "/policies", title: () => text.titles.policies, also: ["/policies/"] },
      { to: "/named-locations", title: () => text.titles.namedLocations, also: ["/named-locations/"] },
      { to: "/authentication-methods", title: () => text.titles.methods },
      {
        to: "/authentication-strengths",
        title: () => text.titles.strengths,
        also: ["/authentication-strengths/"],
      },
      { to: "/authentication-contexts", title: () => text.titles.contexts, also: ["/authentication-contexts/"] },
      { to: "/what-if", title: () => text.titles.whatIf },
    ],
  },
  {
    title: () => text.groups.directory,
    entries: [
      { to: "/users", title: () => text.titles.users },
      { to: "/groups", title: () => text.titles.groups, also: ["/groups/"] },
      {
        to: "/applications",
        title: () => text.titles.applications,
        also: ["/applications/", "/service-principals/"],
      },
      { to: "/consent", title: () => text.titles.consent },
    ],
  },
  {
    title: () => text.groups.records,
    entries: [
      { to: "/audit-log", title: () => text.titles.audits },
      { to: "/feeds", title: () => text.titles.feeds },
    ],
  },
  {
    title: () => text.groups.help,
    entries: [
      { to: "/start", title: () => text.titles.start },
      { to: "/explorer/", title: () => text.explorer.title, isOutside: true },
    ],
  },
];

/** The pages there are, by what they are about. */
export function Navigation({ path }: { path: string }) {
  const styles = useStyles();
  const isCurrent = (entry: Entry) => entry.to === path || entry.also?.some((start) => path.startsWith(start));
  return (
    <nav aria-label={text.navigation}>
      {GROUPS.map((group) => (
        <div key={group.title()}>
          <Text as="span" size={200} className={styles.group}>
            {group.title()}
          </Text>
          <ul className={styles.list}>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                {entry.isOutside ? (
                  <a href={entry.to} className={styles.link}>
                    {entry.title()}
                  </a>
                ) : (
                  <Link
                    bare
                    to={entry.to}
                    className={mergeClasses(styles.link, isCurrent(entry) && styles.current)}
                    {...(isCurrent(entry) ? { "aria-current": "page" as const } : {})}
                  >
                    {entry.title()}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
