import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Text,
  tokens,
} from "@fluentui/react-components";
import type { GraphFailure } from "../api/graph";
import { text } from "../texts";

const useStyles = makeStyles({
  empty: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    textAlign: "center",
    color: tokens.colorNeutralForeground2,
  },
});

/** Why something cannot be shown, in words, and what to do about it. */
export function Failure({ failure, retry }: { failure: GraphFailure; retry?: () => void }) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{text.failure.title}</MessageBarTitle> {reason(failure)}{" "}
        {failure.status !== 0 && <Text size={200}>{text.failure.code(failure.code, failure.requestId)}</Text>}
      </MessageBarBody>
      {retry && (
        <MessageBarActions>
          <Button onClick={retry}>{text.retry}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

/** A failure in one or two sentences. */
export function reason(failure: GraphFailure): string {
  if (failure.code === "noAnswer") return text.failure.noAnswer;
  const said = failure.message;
  switch (failure.status) {
    case 401:
      return text.failure.signedOut;
    case 403:
      // Graph says which roles would do; the rest of its sentence is what is said here already.
      return `${text.failure.forbidden} ${/One of the following roles.*$/.exec(said)?.[0] ?? ""}`.trim();
    case 404:
      return text.failure.gone;
    case 429:
      return text.failure.throttled;
    default:
      return said || text.failure.title;
  }
}

/** Nothing is there, and why that is fine or what to do about it. */
export function Empty({ title, hint }: { title: string; hint: string }) {
  const styles = useStyles();
  return (
    <div className={styles.empty} role="status">
      <Text size={400} weight="semibold">
        {title}
      </Text>
      <Text>{hint}</Text>
    </div>
  );
}
