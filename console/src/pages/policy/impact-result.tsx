import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import type { ImpactEffect } from "../../api/annotations";
import { Link } from "../../navigation/link";
import { RiskLevelBadge } from "../../parts/risk";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { number, place } from "../../texts/format";
import { EFFECTS, type Impact, mostAffected } from "./impact";

const useStyles = makeStyles({
  counts: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(130px, 100%), 1fr))",
    gap: tokens.spacingHorizontalM,
    margin: `${tokens.spacingVerticalL} 0`,
  },
  count: {
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `4px solid ${tokens.colorNeutralStroke1}`,
    display: "flex",
    flexDirection: "column-reverse",
  },
  blocked: { borderLeftColor: tokens.colorPaletteRedBorder2 },
  challenged: { borderLeftColor: tokens.colorPaletteYellowBorder2 },
  value: { margin: 0, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700 },
  columns: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(300px, 100%), 1fr))",
    gap: tokens.spacingHorizontalXL,
  },
  title: { margin: `${tokens.spacingVerticalL} 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase300 },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "grid", gap: tokens.spacingVerticalS },
  head: { display: "flex", gap: tokens.spacingHorizontalS },
  beside: { display: "block", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Counts, those who would notice most, and examples. */
export function ImpactResult({ impact, isRunning }: { impact: Impact; isRunning: boolean }) {
  const styles = useStyles();
  const said = text.impact;
  const colors: Partial<Record<ImpactEffect, string>> = { blocked: styles.blocked, challenged: styles.challenged };
  const users = mostAffected(impact);
  return (
    <>
      <dl className={styles.counts}>
        {EFFECTS.map((effect) => (
          <div key={effect} className={mergeClasses(styles.count, colors[effect])}>
            <dt>{said.effects[effect]}</dt>
            <dd className={styles.value}>{number(impact.counts[effect])}</dd>
          </div>
        ))}
      </dl>
      <Text role="status">
        {isRunning ? said.progress(impact.examined, impact.total) : said.examined(number(impact.examined))}
      </Text>
      {users.length > 0 && (
        <div className={styles.columns}>
          <div>
            <h3 className={styles.title}>{said.users(impact.users.size)}</h3>
            <ul className={styles.list}>
              {users.map((user) => (
                <li key={user.userId}>
                  <Link to={`/users/${user.userId}`}>
                    {user.userDisplayName ?? user.userPrincipalName ?? user.userId}
                  </Link>
                  <span className={styles.beside}>{said.userCounts(user.blockedCount, user.challengedCount)}</span>
                </li>
              ))}
            </ul>
          </div>
          <div>
            <h3 className={styles.title}>{said.examples}</h3>
            <ul className={styles.list}>
              {impact.examples.map((one) => (
                <li key={one.id}>
                  <span className={styles.head}>
                    <Link to={`/sign-ins/${one.id}`}>{one.userDisplayName ?? one.userPrincipalName}</Link>
                    <RiskLevelBadge level={one.riskLevelDuringSignIn} />
                  </span>
                  <span className={styles.beside}>
                    {`${said.effects[one.effect]}, `}
                    <Time at={one.createdDateTime} />
                    {`, ${[one.appDisplayName, one.ipAddress, place(one.location)].filter(Boolean).join(", ")}`}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </>
  );
}
