import {
  Badge,
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Tab,
  TabList,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { text } from "../texts";
import { CodeBlock } from "./code-block";
import { JsonView } from "./json-view";
import { type Answer, claimsOf, errorOf } from "./send";

const useStyles = makeStyles({
  head: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "center" },
  headers: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

interface Props {
  answer: Answer;
  /** Permissions that the token lacks for it. */
  lacking: string[];
  isSignedIn: boolean;
  lead: (answer: Answer, member: string, value: string, depth: number) => string | null;
  onFollow: (url: string) => void;
  onConsent: (permissions: string[]) => void;
  onSignIn: (claims?: string) => void;
}

/** What came back. */
export function AnswerPane({ answer, lacking, isSignedIn, lead, onFollow, onConsent, onSignIn }: Props) {
  const styles = useStyles();
  const [tab, setTab] = useState("body");
  const words = text.explorer;
  const body = useMemo(
    () => (answer.value === undefined ? answer.text : JSON.stringify(answer.value, null, 2)),
    [answer],
  );
  if (answer.status === 0) {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{text.failure.noAnswer}</MessageBarBody>
      </MessageBar>
    );
  }
  const isGood = answer.status < 400;
  return (
    <div>
      <div className={styles.head} role="status">
        <Badge size="large" color={isGood ? "success" : "danger"}>
          {words.status(answer.status)}
        </Badge>
        <Text>{words.measured(Math.round(answer.milliseconds), answer.bytes)}</Text>
      </div>
      <Refusal answer={answer} lacking={lacking} isSignedIn={isSignedIn} onConsent={onConsent} onSignIn={onSignIn} />
      <TabList selectedValue={tab} onTabSelect={(_, { value }) => setTab(String(value))} aria-label={words.answer}>
        <Tab value="body">{words.tabs.body}</Tab>
        <Tab value="headers">{words.tabs.headers}</Tab>
      </TabList>
      {tab === "headers" && (
        <div>
          {answer.headers.map(([name, value]) => (
            <div key={name} className={styles.headers}>{`${name}: ${value}`}</div>
          ))}
        </div>
      )}
      {tab === "body" && body === "" && <Text>{words.emptyBody}</Text>}
      {tab === "body" && body !== "" && answer.value === undefined && (
        <CodeBlock label={words.answer} wrap>
          {body}
        </CodeBlock>
      )}
      {tab === "body" && answer.value !== undefined && (
        <JsonView json={body} lead={(member, value, depth) => lead(answer, member, value, depth)} onFollow={onFollow} />
      )}
    </div>
  );
}

/** What a refusal means, and what to do about it. */
function Refusal({ answer, lacking, isSignedIn, onConsent, onSignIn }: Omit<Props, "lead" | "onFollow">) {
  const error = errorOf(answer);
  const words = text.explorer.refusal;
  if (answer.status < 400) return null;
  const needsConsent = answer.status === 403 && lacking.length > 0;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{error?.code ?? text.explorer.status(answer.status)}</MessageBarTitle> {error?.message}{" "}
        {answer.status === 401 && (isSignedIn ? words.tokenRefused : words.signIn)}
        {needsConsent && words.lacks(lacking.join(", "))}
        {answer.status === 403 && lacking.length === 0 && words.role}
        {answer.status === 404 && words.notFound}
        {answer.status === 429 && words.throttled}
      </MessageBarBody>
      <MessageBarActions>
        {answer.status === 401 && <Button onClick={() => onSignIn(claimsOf(answer))}>{text.explorer.signIn}</Button>}
        {needsConsent && <Button onClick={() => onConsent(lacking)}>{text.explorer.permissions.consent}</Button>}
      </MessageBarActions>
    </MessageBar>
  );
}
