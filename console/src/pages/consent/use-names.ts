import { useMemo } from "react";
import type { GraphFailure, Page } from "../../api/graph";
import { withOptions } from "../../api/odata";
import type { ServicePrincipal } from "../../api/types";
import { useResource } from "../../api/use-resource";
import type { Names } from "../../lists/permission-grants";

const PRINCIPALS = withOptions("/servicePrincipals", { $select: "id,displayName", $top: 999 });

/** The names of the tenant's service principals; those beyond the first thousand keep their identifiers. */
export function useNames(): { names: Names | null; failure: GraphFailure | null; reload: () => void } {
  const { value, failure, reload } = useResource<Page<ServicePrincipal>>(PRINCIPALS);
  const names = useMemo(() => value && new Map(value.value.map((one) => [one.id, one.displayName ?? one.id])), [value]);
  return { names, failure, reload };
}
