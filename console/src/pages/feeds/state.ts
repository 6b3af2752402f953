import type { Feed } from "../../api/annotations";

/** Whether a feed can be relied on. */
export function feedState(feed: Feed): "expired" | "empty" | "failed" | "stale" | "current" {
  if (feed.isExpired) return "expired";
  if (feed.asOfDateTime === null) return "empty";
  if (feed.lastError) return "failed";
  return feed.isStale ? "stale" : "current";
}
