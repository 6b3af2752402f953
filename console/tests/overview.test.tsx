import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { detectionsOfDay, detectionsOfType, FIGURES, lastDays } from "../src/pages/overview/figures";
import { OverviewPage } from "../src/pages/overview/page";
import { answering, show } from "./world";

test("a figure counts what the list it leads to shows", () => {
  const { to, query, count } = FIGURES.highUsers();
  expect(to).toBe("/risky-users");
  expect(query.toString()).toBe("level=high&state=atRisk%2CconfirmedCompromised");
  expect(decodeURIComponent(count)).toBe(
    "/identityProtection/riskyUsers/$count?$filter=riskLevel eq 'high' and (riskState eq 'atRisk' or riskState eq 'confirmedCompromised')",
  );
  expect(detectionsOfType("passwordSpray").query.toString()).toBe("since=7d&type=passwordSpray");
});

test("days begin at midnight and end where the next one begins", () => {
  const days = lastDays(new Date(2026, 10, 2, 15, 30));
  expect(days).toHaveLength(7);
  expect(days[6]).toEqual(new Date(2026, 10, 2));
  expect(days[0]).toEqual(new Date(2026, 9, 27));
  const [high] = detectionsOfDay(new Date(2026, 9, 31));
  const end = new Date(2026, 10, 1).toISOString().replace(".000", "");
  expect(decodeURIComponent(high ?? "")).toContain(` and detectedDateTime lt ${end} and riskLevel eq 'high'`);
});

test("figures, shares and types are shown, and lead somewhere", async () => {
  answering(({ method, path, body }) => {
    if (path === "/riskgate/feeds") {
      const good = { asOfDateTime: "2026-11-01T00:00:00Z", lastError: null, isStale: false, isExpired: false };
      return { body: { value: [good, { ...good, isStale: true }, { ...good, lastError: "refused" }, good] } };
    }
    if (path.includes("$select=id,appliedConditionalAccessPolicies")) {
      const results = [["notApplied", "success"], ["notApplied", "reportOnlyFailure"], []];
      const signIn = (one: string[], index: number) => ({
        id: String(index),
        appliedConditionalAccessPolicies: one.map((result) => ({ result })),
      });
      return { body: { value: results.map(signIn) } };
    }
    if (method === "GET") return { body: { value: [{ id: "1", userDisplayName: "Anna", riskLevel: "high" }] } };
    const responses = body.requests.map((request: { id: string; url: string }) => {
      const url = decodeURIComponent(request.url);
      const isAll = url.startsWith("/auditLogs/signIns") && !url.includes(" and ");
      const number = isAll ? 8 : url.includes("status/errorCode ne 0") ? 2 : url.includes("passwordSpray") ? 5 : 0;
      return { id: request.id, status: 200, body: String(number) };
    });
    return { body: { responses } };
  });
  show(<OverviewPage />);
  const failed = await screen.findByRole("link", { name: /Failed\s*2\s*25% of all/ });
  expect(failed.getAttribute("href")).toBe("/admin/sign-ins?since=7d&status=failure");
  const covered = await screen.findByRole("link", { name: /An enabled policy applied\s*1\s*33% of all/ });
  expect(covered.getAttribute("href")).toContain("/admin/sign-ins?since=7d&columns=");
  expect(await screen.findByRole("link", { name: /Up to date\s*2\s*50% of all/ })).toBeDefined();
  expect(screen.getByRole("link", { name: /Failed or empty\s*1/ }).getAttribute("href")).toBe("/admin/feeds");
  expect(screen.getByRole("link", { name: "Password spray" })).toBeDefined();
  expect(screen.queryByRole("link", { name: "Activity from a new country" })).toBeNull();
  expect((await screen.findByRole("link", { name: "Anna" })).getAttribute("href")).toBe("/admin/users/1");
});

test("without the right to count, the reason is said", async () => {
  answering(() => ({ status: 403, body: { error: { code: "Forbidden", message: "no" } } }));
  show(<OverviewPage />);
  const [alert] = await screen.findAllByRole("alert");
  expect(alert?.textContent).toContain("no directory role");
});
