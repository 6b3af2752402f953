import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Empty } from "../parts/notice";
import { text } from "../texts";
import { time } from "../texts/format";
import type { Entry } from "./history";
import type { GraphRequest } from "./request";
import { RequestLine } from "./request-line";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  button: { width: "100%", justifyContent: "start", textAlign: "left", fontWeight: tokens.fontWeightRegular },
  entry: { display: "flex", flexDirection: "column", minWidth: 0, width: "100%" },
  when: { color: tokens.colorNeutralForeground3 },
});

interface Props {
  entries: Entry[];
  onPick: (request: GraphRequest) => void;
  onForget: () => void;
}

/** What was sent from this browser. */
export function HistoryPane({ entries, onPick, onForget }: Props) {
  const styles = useStyles();
  if (entries.length === 0) return <Empty title={text.explorer.noHistory} hint={text.explorer.noHistoryHint} />;
  return (
    <div>
      <Button size="small" onClick={onForget}>
        {text.explorer.forget}
      </Button>
      <ul className={styles.list}>
        {entries.map(({ at, request, status }) => (
          <li key={`${at}${request.url}`}>
            <Button appearance="subtle" className={styles.button} onClick={() => onPick(request)}>
              <span className={styles.entry}>
                <RequestLine method={request.method} title={request.url} />
                <Text size={200} className={styles.when}>
                  {[status || text.explorer.noAnswerShort, time(at)].join(" · ")}
                </Text>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
