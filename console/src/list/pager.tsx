import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { text } from "../texts";

const useStyles = makeStyles({
  pager: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
  },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  rows: number;
  isFirst: boolean;
  hasNext: boolean;
  onFirst: () => void;
  onNext: () => void;
  /** Left out if it is not known what came before, after a deep link for one. */
  onPrevious?: () => void;
}

/** How many rows there are, and the way to the other pages. */
export function Pager({ rows, isFirst, hasNext, onFirst, onNext, onPrevious }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.pager}>
      <Text role="status" size={200} className={styles.quiet}>
        {rows > 0 && text.list.rows(rows, hasNext)}
      </Text>
      {!(isFirst && !hasNext) && (
        <div className={styles.buttons}>
          {!isFirst && <Button onClick={onFirst}>{text.list.first}</Button>}
          {!isFirst && onPrevious && <Button onClick={onPrevious}>{text.list.previous}</Button>}
          <Button onClick={onNext} disabled={!hasNext}>
            {text.list.next}
          </Button>
        </div>
      )}
    </div>
  );
}
