import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { lazy, Suspense } from "react";
import type { Page as GraphPage } from "../../api/graph";
import { useChanges } from "../../api/live-context";
import { withOptions } from "../../api/odata";
import type { RiskyUser } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Link } from "../../navigation/link";
import { Card, Section } from "../../parts/card";
import { Heading } from "../../parts/heading";
import { Failure } from "../../parts/notice";
import { RiskLevelBadge } from "../../parts/risk";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { detectionName } from "../../texts/format";
import { CoverageTiles } from "./coverage-tiles";
import { DayChart } from "./day-chart";
import { FeedTiles } from "./feed-tiles";
import { FIGURES } from "./figures";
import { Tile, Tiles } from "./tile";
import { useOverview } from "./use-overview";

// The coasts are not part of the first load.
const PlacesSection = lazy(async () => ({ default: (await import("./places-section")).PlacesSection }));

/** How long after a change everything is counted again, in milliseconds: once, whatever comes in meanwhile. */
const REST = 5_000;

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(300px, 1fr))",
    gap: `0 ${tokens.spacingHorizontalXL}`,
  },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
});

/** How things stand, each figure leading to what it counts. */
export function OverviewPage() {
  const styles = useStyles();
  const overview = useOverview();
  const { counts, failure, reload } = overview;
  useChanges(["auditLogs/signIns", "identityProtection/riskDetections", "identityProtection/riskyUsers"], reload, REST);
  const all = counts?.allSignIns;
  return (
    <>
      <Heading title={text.titles.overview} lead={text.overview.lead} />
      {failure && <Failure failure={failure} retry={reload} />}
      <Section title={text.overview.riskyUsers}>
        <Tiles>
          {(["high", "medium", "low"] as const).map((level) => (
            <Tile
              key={level}
              name={text.words.riskLevel[level]}
              {...FIGURES[`${level}Users`]()}
              count={counts?.[`${level}Users`]}
            />
          ))}
        </Tiles>
      </Section>
      <Section title={text.overview.signIns}>
        <Tiles>
          <Tile name={text.overview.allSignIns} {...FIGURES.allSignIns()} count={all} />
          {(["risky", "satisfied", "stopped", "failed"] as const).map((kind) => (
            <Tile
              key={kind}
              name={text.overview[kind]}
              {...FIGURES[`${kind}SignIns`]()}
              count={counts?.[`${kind}SignIns`]}
              isShare
              of={all}
            />
          ))}
        </Tiles>
      </Section>
      <Section title={text.overview.coverage}>
        <CoverageTiles />
      </Section>
      <Section title={text.overview.map}>
        <Suspense fallback={null}>
          <PlacesSection />
        </Suspense>
      </Section>
      <div className={styles.columns}>
        <Section title={text.overview.detectionsByDay}>
          <Card>
            <DayChart days={overview.days} />
          </Card>
        </Section>
        <Section title={text.overview.detectionsByType}>
          <Card>
            <ul className={styles.list}>
              {overview.types.map(({ type, figure, count }) => (
                <li key={type} className={styles.item}>
                  <Link to={figure.to} query={figure.query}>
                    {detectionName(type)}
                  </Link>
                  <Text weight="semibold">{count}</Text>
                </li>
              ))}
            </ul>
            {counts && overview.types.length === 0 && <Text>{text.overview.noDetections}</Text>}
          </Card>
        </Section>
        <Section title={text.overview.newest}>
          <Card>
            <Newest />
          </Card>
        </Section>
      </div>
      <Section title={text.titles.feeds}>
        <FeedTiles />
      </Section>
    </>
  );
}

const NEWEST = withOptions("/identityProtection/riskyUsers", {
  $filter: "riskState eq 'atRisk' or riskState eq 'confirmedCompromised'",
  $orderby: "riskLastUpdatedDateTime desc",
  $top: 8,
});

function Newest() {
  const styles = useStyles();
  const { value, failure, reload } = useResource<GraphPage<RiskyUser>>(NEWEST);
  useChanges(["identityProtection/riskyUsers"], reload);
  if (failure) return <Failure failure={failure} retry={reload} />;
  if (value?.value.length === 0) return <Text>{text.overview.nobody}</Text>;
  return (
    <ul className={styles.list}>
      {value?.value.map((user) => (
        <li key={user.id} className={styles.item}>
          <Link to={`/users/${user.id}`}>{user.userDisplayName ?? user.userPrincipalName ?? user.id}</Link>
          <RiskLevelBadge level={user.riskLevel} />
          <Text size={200}>
            <Time at={user.riskLastUpdatedDateTime} />
          </Text>
        </li>
      ))}
    </ul>
  );
}
