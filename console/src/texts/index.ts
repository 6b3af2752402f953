// The texts in the language of the person: the one chosen here, or the browser's.
import { en, type Texts } from "./en";

export type { Texts };

/** The languages there are, by code, each named in itself. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "riskgate.language";

/** The texts in force. Read it while rendering, never when a module is loaded: the language is chosen after that. */
export let text: Texts = en;

/** Loads the texts before anything is shown. */
export async function loadTexts(): Promise<void> {
  if (language() === "de") text = (await import("./de")).de;
  document.documentElement.lang = text.code;
}

/** Chooses a language, which this browser remembers; the page is loaded again in it. */
export function chooseLanguage(chosen: Language): void {
  window.localStorage.setItem(KEY, chosen);
  window.location.reload();
}

function language(): Language {
  const wanted = [window.localStorage.getItem(KEY) ?? "", ...navigator.languages];
  for (const name of wanted) {
    const known = (Object.keys(LANGUAGES) as Language[]).find((code) => code === name.split("-")[0]);
    if (known) return known;
  }
  return "en";
}
