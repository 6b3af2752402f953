// The texts of the first run.
export const start = {
  title: "See it work in two minutes",
  lead: "A test user signs in through Tor, is found out, proves himself, and is cleared. Everything here goes through Graph; at the end it is removed again.",
  step: (number: number, title: string) => `${number}. ${title}`,
  done: "Done",
  now: "Now",
  later: "Later",
  noticed: (title: string) => `Done: ${title}`,
  waiting: "Waiting until it is done …",
  request: "The request",
  openInExplorer: "Open in Explorer",
  command: "In a terminal",
  commandHint:
    "Run it in the folder in which the server was started; from the source the program is target/release/riskgate. If the server was given --data-dir, give it here too.",
  forwarded:
    "The server takes the address of a Tor exit from the command's X-Forwarded-For, as it does from a trusted proxy: make run trusts this machine.",
  copy: "Copy",
  copied: "Copied",
  noPassword: "This browser does not know the password of the test user.",
  setPassword: "Set a new one",
  undo: "Undo",
  remove: "Remove user and policy",
  removeHint: "Removes what was made here, at any time and for good. The sign-ins stay in the log.",
  finished: "That was all of it",
  finishedHint: "Look around in the console, try Graph in the Explorer, or remove what was made here.",
  detected: (name: string, level: string, place: string) => `${name}, ${level}${place ? `, from ${place}` : ""}`,
  seeDetection: "See the detection",
  seeSignIn: "See why",
  steps: {
    user: { title: "Create a test user", text: "An ordinary user without any role.", action: "Create the user" },
    tor: {
      title: "Sign in from Tor",
      text: "No policy forbids it yet: the sign-in succeeds, and its risk appears here at once.",
    },
    authenticator: {
      title: "Set up an authenticator app",
      text: "From an ordinary address. The command plays the app and keeps its secret in a file. Without it the next policy would lock the user out.",
    },
    policy: {
      title: "Make a policy",
      text: "At medium or high risk a sign-in asks for a second factor. It is for the test user and nobody else.",
      action: "Create the policy",
    },
    mfa: {
      title: "Sign in from Tor again, with a code",
      text: "Now the code is asked for. Passing it closes the risk of this sign-in; that of the first one stays.",
    },
    dismiss: {
      title: "Dismiss the rest",
      text: "It was you: the user is at risk no longer.",
      action: "Dismiss the risk",
    },
  },
};
