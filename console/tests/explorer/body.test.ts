import { expect, test } from "vitest";
import { check, exampleOf, placeAt, shapeAt, shapeOf, withMember } from "../../src/explorer/body";
import { SCHEMA } from "./world";

const POLICY = shapeOf(SCHEMA, "/policies");

function place(marked: string) {
  return placeAt(marked.replace("|", ""), marked.indexOf("|"));
}

test("the shape of a body is the type of the set, or the parameters of the action", () => {
  expect(POLICY?.members.map((member) => member.name)).toEqual(["id", "displayName", "grantControls"]);
  expect(shapeOf(SCHEMA, "/identityProtection/riskyUsers/dismiss")?.members.map((one) => one.name)).toEqual([
    "userIds",
  ]);
  expect(shapeOf(SCHEMA, "/nowhere")).toBeNull();
});

test("where the caret is, even in a text that is unfinished", () => {
  expect(place('{ "a": 1, | }')).toEqual({ path: [], member: null });
  expect(place('{ "grantControls": { |')).toEqual({ path: ["grantControls"], member: null });
  expect(place('{ "grantControls": { "builtInControls": ["mfa", |')).toEqual({
    path: ["grantControls"],
    member: "builtInControls",
  });
  expect(place('{ "grantControls": { }, "displayName": |')).toEqual({ path: [], member: "displayName" });
  expect(place('{ "text": "{ \\" [", "b": { |')).toEqual({ path: ["b"], member: null });
  if (!POLICY) throw new Error("there is no shape");
  expect(shapeAt(SCHEMA, POLICY, ["grantControls"])?.name).toBe("grant");
  expect(shapeAt(SCHEMA, POLICY, ["displayName"])).toBeNull();
});

test("mistakes are told with their place", () => {
  const told = (text: string) => check(SCHEMA, POLICY, text)[0];
  expect(told("")).toBeUndefined();
  expect(told('{\n  "displayName": "x",\n}')).toEqual({ message: "syntax", what: "}", line: 3, column: 1 });
  expect(told('{ "displayName" "x" }')).toEqual({ message: "syntax", what: '"x" }', line: 1, column: 17 });
  expect(told('{ "displayName": "x"')).toEqual({ message: "syntax", what: "", line: 1, column: 21 });
  expect(told('{ "displayName": nothing }')).toMatchObject({ what: "nothing }", column: 18 });
  expect(told('{\n  "dispalyName": "x" }')).toEqual({
    message: "unknownMember",
    what: "dispalyName",
    line: 2,
    column: 3,
  });
  expect(told('{ "grantControls": { "builtInControls": ["mfa", "fma"] } }')).toMatchObject({
    message: "unknownValue",
    what: "fma",
  });
  expect(told('{ "@odata.type": "#microsoft.graph.policy", "displayName": null }')).toBeUndefined();
});

test("a member is added with a value of its kind", () => {
  const controls = SCHEMA.types.get("grant")?.members[0];
  if (!controls) throw new Error("there is no member");
  const text = withMember('{"grantControls":{}}', ["grantControls"], controls.name, exampleOf(SCHEMA, controls));
  expect(JSON.parse(text)).toEqual({ grantControls: { builtInControls: ["block"] } });
  expect(withMember("", [], "displayName", "")).toBe('{\n  "displayName": ""\n}');
  expect(withMember("{ broken", [], "displayName", "")).toBe("{ broken");
  expect(withMember('{"displayName":"mine"}', [], "displayName", "")).toBe('{"displayName":"mine"}');
});
