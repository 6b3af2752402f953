import { afterEach, expect, test, vi } from "vitest";
import { de } from "../src/texts/de";
import { en } from "../src/texts/en";

/** The names of everything in an object, down to the last. */
function names(value: object, path = ""): string[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === "object" && !Array.isArray(inner) ? names(inner, `${path}${name}.`) : [`${path}${name}`],
  );
}

afterEach(() => {
  window.localStorage.clear();
  vi.restoreAllMocks();
  vi.resetModules();
});

/** What is in force for a browser that wants these languages. */
async function codeFor(...wanted: string[]): Promise<string> {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(wanted);
  const texts = await import("../src/texts");
  await texts.loadTexts();
  return texts.text.code;
}

test("every language has a word for everything, and says what is done equally often", () => {
  expect(names(de).sort()).toEqual(names(en).sort());
  for (const subject of ["users", "signIns"] as const) {
    for (const action of ["dismiss", "confirmCompromised", "confirmSafe"] as const) {
      expect(de.actions[subject][action].effects).toHaveLength(en.actions[subject][action].effects.length);
    }
  }
});

test("the browser's first language that there is", async () => {
  expect(await codeFor("fr-FR", "de-AT", "en")).toBe("de");
  expect(document.documentElement.lang).toBe("de");
});

test("English where nothing fits", async () => {
  expect(await codeFor("fr")).toBe("en");
});

test("what the person chose comes first", async () => {
  window.localStorage.setItem("riskgate.language", "en");
  expect(await codeFor("de")).toBe("en");
});
