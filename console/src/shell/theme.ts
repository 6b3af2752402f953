import { type Theme, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { useEffect, useState, useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";
const CHOICES: ThemeChoice[] = ["system", "light", "dark"];
const KEY = "riskgate.theme";

const systemIsDark = () => window.matchMedia("(prefers-color-scheme: dark)").matches;

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** The theme in force and the person's choice, which this browser remembers. */
export function useTheme(): { theme: Theme; choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  const isSystemDark = useSyncExternalStore(subscribe, systemIsDark);
  const [choice, setChoice] = useState<ThemeChoice>(
    () => CHOICES.find((known) => known === window.localStorage.getItem(KEY)) ?? "system",
  );
  const isDark = choice === "dark" || (choice === "system" && isSystemDark);
  useEffect(() => {
    // Scroll bars and form controls of the browser itself follow.
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  }, [isDark]);
  const choose = (next: ThemeChoice) => {
    window.localStorage.setItem(KEY, next);
    setChoice(next);
  };
  return { theme: isDark ? webDarkTheme : webLightTheme, choice, choose };
}
