import { Button, makeStyles, SearchBox, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { text } from "../texts";
import { RequestLine } from "./request-line";
import { type GroupName, SAMPLES, type Sample } from "./samples";

const useStyles = makeStyles({
  search: { width: "100%", maxWidth: "none" },
  group: { margin: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalXS}`, fontSize: tokens.fontSizeBase300 },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  button: { width: "100%", justifyContent: "start", textAlign: "left", fontWeight: tokens.fontWeightRegular },
});

interface Props {
  onPick: (sample: Sample) => void;
}

/** Requests to begin with, by what they are about. */
export function SamplesPane({ onPick }: Props) {
  const styles = useStyles();
  const [wanted, setWanted] = useState("");
  const { groups, names } = text.explorer.samples;
  const title = (sample: Sample) => names[sample.name as keyof typeof names];
  const isWanted = (sample: Sample) =>
    `${title(sample)} ${groups[sample.group]} ${sample.request.method} ${sample.request.url}`
      .toLowerCase()
      .includes(wanted.trim().toLowerCase());
  const found = SAMPLES.filter(isWanted);
  const shown = [...new Set(found.map((sample) => sample.group))];
  return (
    <div>
      <SearchBox
        className={styles.search}
        aria-label={text.explorer.searchSamples}
        placeholder={text.explorer.searchSamples}
        dismiss={{ "aria-label": text.list.clearSearch }}
        value={wanted}
        onChange={(_, { value }) => setWanted(value)}
      />
      <div role="status">{found.length === 0 && <Text>{text.explorer.noSamples}</Text>}</div>
      {shown.map((group: GroupName) => (
        <section key={group} aria-label={groups[group]}>
          <h3 className={styles.group}>{groups[group]}</h3>
          <ul className={styles.list}>
            {found
              .filter((sample) => sample.group === group)
              .map((sample) => (
                <li key={sample.name}>
                  <Button appearance="subtle" className={styles.button} onClick={() => onPick(sample)}>
                    <RequestLine method={sample.request.method} title={title(sample)} />
                  </Button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
