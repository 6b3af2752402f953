import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { KeyCredential, PasswordCredential } from "../../api/types";
import { Card, Section } from "../../parts/card";
import { StatusBadge } from "../../parts/status-badge";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { type Expiry, expiryOf } from "./expiry";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
});

const COLORS: Record<Expiry, "success" | "warning" | "danger"> = {
  valid: "success",
  soon: "warning",
  expired: "danger",
};

interface Props {
  passwords: PasswordCredential[];
  keys: KeyCredential[];
}

/** What an application proves itself with: never the secret, only what tells it apart and until when it is good. */
export function Credentials({ passwords, keys }: Props) {
  const styles = useStyles();
  const now = new Date();
  const all = [
    ...passwords.map((one) => ({ ...one, kind: text.application.secret, mark: one.hint && `${one.hint}…` })),
    ...keys.map((one) => ({ ...one, kind: text.application.certificate, mark: one.customKeyIdentifier })),
  ];
  return (
    <Section title={text.application.credentials}>
      <Card>
        <ul className={styles.list}>
          {all.map((one) => {
            const expiry = expiryOf(one.endDateTime, now);
            return (
              <li key={`${one.kind} ${one.keyId}`} className={styles.item}>
                <Text weight="semibold">{one.kind}</Text>
                {[one.displayName, one.mark].filter(Boolean).join(", ")}
                <StatusBadge color={COLORS[expiry]}>{text.application.expiry[expiry]}</StatusBadge>
                {one.endDateTime && (
                  <Text size={200}>
                    {text.application.until} <Time at={one.endDateTime} />
                  </Text>
                )}
              </li>
            );
          })}
        </ul>
        {all.length === 0 && <Text>{text.application.noCredentials}</Text>}
      </Card>
    </Section>
  );
}
