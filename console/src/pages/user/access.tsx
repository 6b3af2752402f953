import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Page } from "../../api/graph";
import type { Device, Group } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Card, Section } from "../../parts/card";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { Methods } from "./methods";

/** Objects of several types, with what tells which. */
type Typed<T> = T & { "@odata.type"?: string };

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(280px, 100%), 1fr))",
    gap: `0 ${tokens.spacingHorizontalXL}`,
  },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: { padding: `${tokens.spacingVerticalXS} 0`, overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What the user proves himself with, what he is in, and on which devices. */
export function Access({ id }: { id: string }) {
  const styles = useStyles();
  const user = `/users/${encodeURIComponent(id)}`;
  return (
    <div className={styles.columns}>
      <Methods user={user} />
      <Objects<Group>
        title={text.user.groupsAndRoles}
        path={`${user}/transitiveMemberOf`}
        show={(object) => (
          <>
            {object.displayName}{" "}
            <Text size={200} className={styles.quiet}>
              {object["@odata.type"]?.endsWith("directoryRole") ? text.user.role : text.user.group}
            </Text>
          </>
        )}
      />
      <Objects<Device>
        title={text.user.devices}
        path={`${user}/registeredDevices`}
        show={(device) => (
          <>
            {device.displayName}{" "}
            <Text size={200} className={styles.quiet}>
              {[device.operatingSystem, device.isCompliant ? text.user.compliant : text.user.notCompliant]
                .filter(Boolean)
                .join(", ")}
            </Text>
          </>
        )}
      />
    </div>
  );
}

interface Props<T> {
  title: string;
  path: string;
  show: (object: Typed<T>) => ReactNode;
}

function Objects<T extends { id: string }>({ title, path, show }: Props<T>) {
  const styles = useStyles();
  const { value, failure, reload } = useResource<Page<Typed<T>>>(path);
  return (
    <Section title={title}>
      {failure && <Failure failure={failure} retry={reload} />}
      {value && (
        <Card>
          <ul className={styles.list}>
            {value.value.map((object) => (
              <li key={object.id} className={styles.item}>
                {show(object)}
              </li>
            ))}
          </ul>
          {value.value.length === 0 && <Text>{text.user.none}</Text>}
        </Card>
      )}
    </Section>
  );
}
