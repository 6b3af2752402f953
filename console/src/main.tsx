import {
  Button,
  FluentProvider,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from "@fluentui/react-components";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { begin } from "./auth/session";
import { useTheme } from "./shell/theme";
import { loadTexts, text } from "./texts";
import "./main.css";

async function start(): Promise<void> {
  await loadTexts();
  const root = createRoot(document.getElementById("root") as HTMLElement);
  try {
    const session = await begin();
    if (session) {
      root.render(
        <StrictMode>
          <App session={session} />
        </StrictMode>,
      );
    }
  } catch (error) {
    root.render(<Refused reason={error instanceof Error ? error.message : String(error)} />);
  }
}

/** The person was not signed in. Trying again is left to him, so that nobody is sent around in circles. */
function Refused({ reason }: { reason: string }) {
  const { theme } = useTheme();
  return (
    <FluentProvider theme={theme}>
      <main>
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{text.signInFailed}</MessageBarTitle> {reason}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => window.location.assign("/admin/")}>{text.retry}</Button>
          </MessageBarActions>
        </MessageBar>
      </main>
    </FluentProvider>
  );
}

await start();
