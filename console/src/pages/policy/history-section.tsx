import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Page } from "../../api/graph";
import { quoted, withOptions } from "../../api/odata";
import type { ConditionalAccessPolicy, DirectoryAudit } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Card, CardHead, Cards, Section } from "../../parts/card";
import { Confirm } from "../../parts/confirm";
import { Failure } from "../../parts/notice";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { toText } from "./editable";
import { difference, type Line, shortened, type Version, versionsOf } from "./history";

/** Most changes that are looked at. */
const MOST = 100;

const SIGNS = { same: " ", added: "+", removed: "−" };

const useStyles = makeStyles({
  lines: {
    margin: `${tokens.spacingVerticalM} 0`,
    padding: tokens.spacingHorizontalM,
    overflowX: "auto",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground2,
    whiteSpace: "pre",
  },
  line: { display: "block" },
  added: { backgroundColor: tokens.colorPaletteGreenBackground1, color: tokens.colorPaletteGreenForeground1 },
  removed: { backgroundColor: tokens.colorPaletteRedBackground1, color: tokens.colorPaletteRedForeground1 },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalS },
});

interface Props {
  policy: ConditionalAccessPolicy;
  /** Makes the policy what it was. */
  restore: (state: ConditionalAccessPolicy) => Promise<void>;
}

/** Every change of a policy with what it changed; each state can be had again. */
export function HistorySection({ policy, restore }: Props) {
  const filter = `targetResources/any(t:t/id eq ${quoted(policy.id)})`;
  const path = withOptions("/auditLogs/directoryAudits", {
    $filter: filter,
    $orderby: "activityDateTime desc",
    $top: MOST,
  });
  // What was changed just now is in the log already.
  const { value, failure, reload } = useResource<Page<DirectoryAudit>>(path, { version: policy.modifiedDateTime });
  const [wanted, setWanted] = useState<Version | null>(null);
  const said = text.history;
  const versions = value ? versionsOf(policy, value.value) : [];
  return (
    <Section title={said.title}>
      {failure && <Failure failure={failure} retry={reload} />}
      {value && versions.length === 0 && <Text>{said.empty}</Text>}
      <Cards>
        {versions.map((version, index) => (
          <Change
            key={version.id}
            version={version}
            now={policy}
            {...(index > 0 ? { restore: () => setWanted(version) } : {})}
          />
        ))}
      </Cards>
      {wanted && (
        <Confirm
          question={said.question}
          effects={[said.effect, text.policy.lockout]}
          label={said.restore}
          run={() => restore(wanted.after)}
          close={() => setWanted(null)}
        />
      )}
    </Section>
  );
}

interface ChangeProps {
  version: Version;
  now: ConditionalAccessPolicy;
  /** Missing for the state of now. */
  restore?: () => void;
}

function Change({ version, now, restore }: ChangeProps) {
  const styles = useStyles();
  const [against, setAgainst] = useState<"before" | "now" | null>(null);
  const said = text.history;
  const toggle = (next: "before" | "now") => setAgainst((current) => (current === next ? null : next));
  return (
    <Card>
      <CardHead title={version.activity}>
        <Time at={version.at} />
        <Text>{version.by}</Text>
      </CardHead>
      <div className={styles.buttons}>
        <Button size="small" aria-expanded={against === "before"} onClick={() => toggle("before")}>
          {said.changed}
        </Button>
        {restore && (
          <>
            <Button size="small" aria-expanded={against === "now"} onClick={() => toggle("now")}>
              {said.sinceThen}
            </Button>
            <Button size="small" onClick={restore}>
              {said.restore}
            </Button>
          </>
        )}
      </div>
      {against === "before" && <Lines before={version.before} after={version.after} />}
      {against === "now" && <Lines before={version.after} after={now} />}
    </Card>
  );
}

/** The lines of one difference never move: each is known by its place. */
function numbered(lines: (Line | null)[]): [string, Line | null][] {
  return lines.map((line, place) => [String(place), line]);
}

function Lines({ before, after }: { before: ConditionalAccessPolicy; after: ConditionalAccessPolicy }) {
  const styles = useStyles();
  const lines = shortened(difference(toText(before), toText(after)));
  if (lines.every((line) => line === null)) return <Text as="p">{text.history.same}</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
    <section className={styles.lines} aria-label={text.history.differences} tabIndex={0}>
      {numbered(lines).map(([key, line]) => (
        <span
          key={key}
          className={mergeClasses(
            styles.line,
            line?.kind === "added" && styles.added,
            line?.kind === "removed" && styles.removed,
          )}
        >
          {line === null ? "⋯" : `${SIGNS[line.kind]} ${line.text}`}
        </span>
      ))}
    </section>
  );
}
