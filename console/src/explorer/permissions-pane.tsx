import { Badge, Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { text } from "../texts";
import { missing, type OperationRule, type Permissions } from "./operations";

const useStyles = makeStyles({
  pane: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, alignItems: "flex-start" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "6px" },
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  name: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: "anywhere" },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
});

interface Props {
  /** The rule of the present request, if the server has such an operation. */
  rule: OperationRule | undefined;
  path: string;
  /** Permissions of the token; `null` if nobody is signed in. */
  held: string[] | null;
  onConsent: (permissions: string[]) => void;
}

/** What the request needs, by the server's own rules, and what the token has. */
export function PermissionsPane({ rule, path, held, onConsent }: Props) {
  const styles = useStyles();
  const words = text.explorer.permissions;
  if (!rule) return <Text>{words.unknown}</Text>;
  if (rule.isAnonymous) return <Text>{words.anonymous}</Text>;
  const own = /^\/?me(\/|$)/i.test(path) ? rule.delegatedPermissionsOnOneself : [];
  const alternatives = [...own, ...rule.delegatedPermissions];
  const lacking = held && alternatives.length > 0 ? missing(rule, path, held) : [];
  return (
    <div className={styles.pane}>
      <div role="status">
        {held === null && <Text>{words.signIn}</Text>}
        {held && lacking.length === 0 && <Badge color="success">{words.enough}</Badge>}
      </div>
      {alternatives.length > 0 ? (
        <Alternatives title={words.delegated} permissions={alternatives} held={held} onConsent={onConsent} />
      ) : (
        <Text>{words.none}</Text>
      )}
      {rule.directoryRoles.length > 0 && (
        <section aria-label={words.roles}>
          <h3 className={styles.title}>{words.roles}</h3>
          <Text>{rule.isOpenToMembers ? words.openToMembers : rule.directoryRoles.join(", ")}</Text>
        </section>
      )}
      {rule.applicationPermissions.length > 0 && (
        <Alternatives title={words.application} permissions={rule.applicationPermissions} held={null} />
      )}
      {held && held.length > 0 && (
        <section aria-label={words.held}>
          <h3 className={styles.title}>{words.held}</h3>
          <Text className={styles.name}>{held.join(", ")}</Text>
        </section>
      )}
    </div>
  );
}

interface AlternativesProps {
  title: string;
  permissions: Permissions;
  held: string[] | null;
  onConsent?: (permissions: string[]) => void;
}

function Alternatives({ title, permissions, held, onConsent }: AlternativesProps) {
  const styles = useStyles();
  const words = text.explorer.permissions;
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list}>
        {permissions.map((all) => {
          const has = held && all.every((name) => held.includes(name));
          const names = all.join(` ${words.and} `);
          return (
            <li key={names} className={styles.row}>
              <Text className={styles.name}>{names}</Text>
              {has && (
                <Badge appearance="outline" color="success">
                  {words.has}
                </Badge>
              )}
              {held && !has && onConsent && (
                <Button size="small" aria-label={words.consentTo(names)} onClick={() => onConsent(all)}>
                  {words.consent}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
