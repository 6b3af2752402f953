import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Link } from "../src/navigation/link";
import { hrefOf, match, navigate, trail, usePlace } from "../src/navigation/router";

function Where() {
  const { path, query } = usePlace();
  return (
    <>
      <p>{`${path}?${query}`}</p>
      <Link to="/users/1">there</Link>
    </>
  );
}

test("patterns name the parts of paths", () => {
  expect(match("/users/:id", "/users/a%20b")).toEqual({ id: "a b" });
  expect(match("/users/:id", "/users/1/x")).toBeNull();
  expect(match("/sign-ins", "/sign-ins/")).toEqual({});
  expect(match("/", "/")).toEqual({});
  expect(match("/users/:id", "/groups/1")).toBeNull();
  expect(hrefOf("/users/1", new URLSearchParams({ part: "a b" }))).toBe("/admin/users/1?part=a+b");
});

test("a path that is encoded wrongly is no page and no error", () => {
  expect(match("/users/:id", "/users/%E0%A4%A")).toBeNull();
});

test("links go there without loading, and back comes back", async () => {
  render(<Where />);
  act(() => navigate("/admin/risky-users?level=high", { trail: { previous: ["x"] } }));
  expect(screen.getByText("/risky-users?level=high")).toBeDefined();
  expect(trail()).toEqual({ previous: ["x"] });
  fireEvent.click(screen.getByText("there"));
  expect(screen.getByText("/users/1?")).toBeDefined();
  await act(async () => {
    const gone = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
    window.history.back();
    await gone;
  });
  expect(screen.getByText("/risky-users?level=high")).toBeDefined();
});

test("a link with a modifier key is the browser's", () => {
  render(<Where />);
  const before = window.location.pathname;
  const link = screen.getByText("there");
  link.addEventListener("click", (event) => event.preventDefault(), { capture: false });
  fireEvent.click(link, { ctrlKey: true });
  expect(window.location.pathname).toBe(before);
});
