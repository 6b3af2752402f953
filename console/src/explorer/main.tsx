import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { beginExplorer } from "../auth/explorer-session";
import { loadTexts } from "../texts";
import { ExplorerApp } from "./app";
import "../main.css";

await loadTexts();
const root = createRoot(document.getElementById("root") as HTMLElement);
// Links with a request behind the '#' are read before signing in reads what is there.
const { hash } = window.location;
const beginning = await beginExplorer();
root.render(
  <StrictMode>
    <ExplorerApp beginning={beginning} hash={hash} />
  </StrictMode>,
);
