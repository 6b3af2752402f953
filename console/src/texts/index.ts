// The texts in the language of the person: the one chosen here, or the browser's.
import { en, type Texts } from "./en";

export type { Texts };

/** The texts in force. Read it while rendering, never when a module is loaded: the language is chosen after that. */
export const text: Texts = en;
