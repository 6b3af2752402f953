import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { hrefOf, navigate } from "./router";

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: "none",
    borderRadius: tokens.borderRadiusSmall,
    ":hover": { textDecorationLine: "underline", color: tokens.colorBrandForegroundLinkHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
});

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** Path below the console. */
  to: string;
  query?: URLSearchParams;
  /** Leaves the look to `className`. */
  bare?: boolean;
}

/** An ordinary link that does not load the page again; with a modifier key it is what the browser makes of it. */
export function Link({ to, query, bare = false, className, onClick, ...rest }: Props) {
  const styles = useStyles();
  const href = hrefOf(to, query);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={follow} className={mergeClasses(!bare && styles.link, className)} />;
}
