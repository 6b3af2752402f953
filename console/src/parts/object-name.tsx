import { withOptions } from "../api/odata";
import { useResource } from "../api/use-resource";

/** The display name of an object of the directory; its identifier while the name is not known. */
export function ObjectName({ path, id }: { path: string; id: string }) {
  const { value } = useResource<{ displayName?: string | null }>(withOptions(path, { $select: "displayName" }));
  return <>{value?.displayName ?? id}</>;
}
