import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Feed } from "../../api/annotations";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import { useResource } from "../../api/use-resource";
import { Card, CardHead, Cards } from "../../parts/card";
import { Refusal } from "../../parts/confirm";
import { Facts } from "../../parts/facts";
import { Heading } from "../../parts/heading";
import { Failure } from "../../parts/notice";
import { StatusBadge } from "../../parts/status-badge";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { duration, number, word } from "../../texts/format";
import { feedState } from "./state";

const useStyles = makeStyles({
  refresh: { marginTop: tokens.spacingVerticalM },
  error: { display: "block", marginTop: tokens.spacingVerticalM, color: tokens.colorPaletteRedForeground1 },
});

/** Where what is known about addresses comes from. */
export function FeedsPage() {
  const { value, failure, reload } = useResource<{ value: Feed[] }>("/riskgate/feeds");
  return (
    <>
      <Heading title={text.titles.feeds} lead={text.feeds.lead} />
      {failure && <Failure failure={failure} retry={reload} />}
      <Cards>
        {value?.value.map((feed) => (
          <FeedCard key={feed.id} feed={feed} reload={reload} />
        ))}
      </Cards>
    </>
  );
}

function FeedCard({ feed, reload }: { feed: Feed; reload: () => void }) {
  const styles = useStyles();
  const graph = useGraph();
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const refresh = async () => {
    setRunning(true);
    setFailure(null);
    try {
      await graph.post(`/riskgate/feeds/${encodeURIComponent(feed.id)}/refresh`, {});
      reload();
    } catch (error) {
      setFailure(failureOf(error));
    }
    setRunning(false);
  };
  const said = text.feeds;
  return (
    <Card>
      <CardHead title={feed.id}>
        <State feed={feed} />
      </CardHead>
      <Facts
        facts={[
          [said.kind, word(said.kinds, feed.kind)],
          [said.age, feed.ageInSeconds === null ? said.empty : duration(feed.ageInSeconds)],
          [said.entries, feed.entryCount === null ? "" : number(feed.entryCount)],
          [said.badLines, feed.badLineCount > 0 ? number(feed.badLineCount) : ""],
          [said.source, feed.source],
          [said.licence, feed.licence],
          [said.lastAttempt, feed.lastAttemptDateTime && <Time key="at" at={feed.lastAttemptDateTime} />],
          [said.version, feed.version],
        ]}
      />
      {feed.lastError && <Text className={styles.error}>{said.lastError(feed.lastError)}</Text>}
      <Button className={styles.refresh} disabled={isRunning} aria-label={said.refreshNamed(feed.id)} onClick={refresh}>
        {isRunning ? said.refreshing : said.refresh}
      </Button>
      {failure && <Refusal failure={failure} />}
    </Card>
  );
}

const COLORS = {
  expired: "informative",
  empty: "danger",
  failed: "danger",
  stale: "warning",
  current: "success",
} as const;

/** Whether it can be relied on, in a word. */
export function State({ feed }: { feed: Feed }) {
  const state = feedState(feed);
  return <StatusBadge color={COLORS[state]}>{text.feeds.states[state]}</StatusBadge>;
}
