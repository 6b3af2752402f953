import { useMemo } from "react";
import type { Group } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { DataList } from "../../list/data-list";
import { groupMembers } from "../../lists/group-members";
import { Card, Section } from "../../parts/card";
import { Facts } from "../../parts/facts";
import { Heading } from "../../parts/heading";
import { NamingPolicies, namedIn } from "../../parts/naming-policies";
import { Failure } from "../../parts/notice";
import { Time } from "../../parts/time";
import { text } from "../../texts";

/** One group: who is in it, and which policies name it. */
export function GroupPage({ id }: { id: string }) {
  const { value, failure, reload } = useResource<Group>(`/groups/${encodeURIComponent(id)}`);
  const members = useMemo(() => groupMembers(id), [id]);
  return (
    <>
      <Heading title={value?.displayName ?? text.titles.groups} lead={value?.description} />
      {failure && <Failure failure={failure} retry={reload} />}
      {value && (
        <>
          <Section title={text.signIn.facts}>
            <Card>
              <Facts
                facts={[
                  [text.fields.created, <Time key="created" at={value.createdDateTime} />],
                  [text.group.securityEnabled, value.securityEnabled ? text.yes : text.no],
                  [text.group.assignableToRole, value.isAssignableToRole ? text.yes : text.no],
                  [text.directory.objectId, value.id],
                ]}
              />
            </Card>
          </Section>
          <NamingPolicies
            how={({ conditions }) =>
              namedIn(id, [conditions?.users?.includeGroups], [conditions?.users?.excludeGroups])
            }
          />
          <Section title={text.group.members}>
            <DataList definition={members} />
          </Section>
        </>
      )}
    </>
  );
}
