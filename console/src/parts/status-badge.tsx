import { Badge, type BadgeProps, makeStyles } from "@fluentui/react-components";
import type { ReactNode } from "react";

// Several words take a second line in a narrow column; one word never does.
const useStyles = makeStyles({ badge: { height: "auto", minHeight: "20px", overflowWrap: "break-word" } });

interface Props {
  color: BadgeProps["color"];
  children: ReactNode;
}

/** A state in a word; the colour only repeats it. */
export function StatusBadge({ color = "subtle", children }: Props) {
  return (
    <Badge className={useStyles().badge} appearance="tint" shape="rounded" color={color}>
      {children}
    </Badge>
  );
}
