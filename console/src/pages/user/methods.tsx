import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useGraph } from "../../api/context";
import type { Page } from "../../api/graph";
import type { AuthenticationMethod } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Card, Section } from "../../parts/card";
import { Confirm } from "../../parts/confirm";
import { Failure } from "../../parts/notice";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { word } from "../../texts/format";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
    overflowWrap: "anywhere",
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A method with what only some kinds have. */
type Method = AuthenticationMethod & {
  "@odata.type"?: string;
  displayName?: string | null;
  emailAddress?: string | null;
};

/** The collection a method of this kind is removed from; a password is replaced and never removed. */
const COLLECTIONS: Record<string, string> = {
  softwareOathAuthenticationMethod: "softwareOathMethods",
  fido2AuthenticationMethod: "fido2Methods",
  microsoftAuthenticatorAuthenticationMethod: "microsoftAuthenticatorMethods",
  emailAuthenticationMethod: "emailMethods",
  temporaryAccessPassAuthenticationMethod: "temporaryAccessPassMethods",
};

const kindOf = (method: Method) => method["@odata.type"]?.replace("#microsoft.graph.", "") ?? "";

function nameOf(method: Method): string {
  const own = method.displayName || method.emailAddress;
  return [word(text.userMethods.kinds, kindOf(method)), own].filter(Boolean).join(": ");
}

function effectsOf(method: Method): string[] {
  const said = text.userMethods;
  if (kindOf(method) === "emailAuthenticationMethod") return said.removeMailEffects;
  if (kindOf(method) === "temporaryAccessPassAuthenticationMethod") return said.removePassEffects;
  return said.removeEffects;
}

/** What a user proves himself with; what can be removed is removed here. */
export function Methods({ user }: { user: string }) {
  const styles = useStyles();
  const graph = useGraph();
  const [leaving, setLeaving] = useState<Method | null>(null);
  const [removed, setRemoved] = useState("");
  const status = useRef<HTMLOutputElement>(null);
  // The button that led to the question is gone with the method: the focus goes to what became of it.
  useEffect(() => {
    if (removed && !leaving) status.current?.focus();
  }, [removed, leaving]);
  const authentication = `${user}/authentication`;
  const { value, failure, reload } = useResource<Page<Method>>(`${authentication}/methods`);
  const said = text.userMethods;
  return (
    <Section title={text.user.methods}>
      {failure && <Failure failure={failure} retry={reload} />}
      {value && (
        <Card>
          <ul className={styles.list}>
            {value.value.map((method) => (
              <li key={method.id} className={styles.item}>
                <span>
                  {nameOf(method)}{" "}
                  <Text size={200} className={styles.quiet}>
                    <Time at={method.createdDateTime} />
                  </Text>
                </span>
                {COLLECTIONS[kindOf(method)] && (
                  <Button size="small" aria-label={said.removeOf(nameOf(method))} onClick={() => setLeaving(method)}>
                    {said.remove}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {value.value.length === 0 && <Text>{text.user.none}</Text>}
          <output ref={status} tabIndex={-1}>
            {removed}
          </output>
        </Card>
      )}
      {leaving && (
        <Confirm
          question={said.removeQuestion(nameOf(leaving))}
          effects={effectsOf(leaving)}
          label={said.remove}
          close={() => setLeaving(null)}
          run={async () => {
            const collection = COLLECTIONS[kindOf(leaving)];
            await graph.delete(`${authentication}/${collection}/${encodeURIComponent(leaving.id)}`);
            setRemoved(said.removed(nameOf(leaving)));
            reload();
          }}
        />
      )}
    </Section>
  );
}
