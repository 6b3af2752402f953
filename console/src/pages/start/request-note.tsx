import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { CodeBlock } from "../../explorer/code-block";
import { type GraphRequest, withoutSecrets } from "../../explorer/request";
import { linkTo } from "../../explorer/share";
import { text } from "../../texts";

const useStyles = makeStyles({
  around: { marginTop: tokens.spacingVerticalS },
  link: { color: tokens.colorBrandForegroundLink },
});

/** The request a button makes, so that anybody can make it himself. */
export function RequestNote({ request }: { request: GraphRequest }) {
  const styles = useStyles();
  const { method, version, url, body } = withoutSecrets(request);
  return (
    <div className={styles.around}>
      <Text weight="semibold">{text.start.request}</Text>{" "}
      <a className={styles.link} href={linkTo(window.location.origin, request)} target="_blank" rel="noopener">
        {text.start.openInExplorer}
      </a>
      <CodeBlock label={text.start.request} wrap>{`${method} /${version}${url}${body ? `\n\n${body}` : ""}`}</CodeBlock>
    </div>
  );
}
