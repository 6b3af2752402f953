// What can be done about risk and accounts, and what that does.
export const actions = {
  users: {
    dismiss: {
      name: "Dismiss risk",
      question: (count: number) =>
        count === 1 ? "Dismiss the risk of this user?" : `Dismiss the risk of ${count} users?`,
      effects: [
        "The risk was a false alarm or is dealt with: open detections of the user are closed as dismissed.",
        "The user's risk level becomes none, so policies on user risk no longer apply to the account.",
        "Sessions and password stay as they are.",
      ],
    },
    confirmCompromised: {
      name: "Confirm compromised",
      question: (count: number) =>
        count === 1 ? "Confirm that this user is compromised?" : `Confirm that ${count} users are compromised?`,
      effects: [
        "The user's risk level becomes high, so policies on user risk block or ask for a new password at the next decision.",
        "A detection records that an administrator said so.",
        "Nothing is reset by itself: without a policy on user risk the account stays usable.",
      ],
    },
    confirmSafe: {
      name: "Confirm safe",
      question: (count: number) =>
        count === 1 ? "Confirm that this user is safe?" : `Confirm that ${count} users are safe?`,
      effects: [
        "Open detections of the user are closed as confirmed safe.",
        "The user's risk level becomes none.",
        "Sessions and password stay as they are.",
      ],
    },
    revoke: {
      name: "Revoke sessions",
      question: (count: number) =>
        count === 1 ? "Revoke all sessions of this user?" : `Revoke all sessions of ${count} users?`,
      effects: [
        "The user is signed out everywhere and has to sign in again.",
        "Refresh tokens issued until now are refused; access tokens are refused by Graph at once and by others when they end.",
      ],
    },
    disable: {
      name: "Disable account",
      question: (count: number) => (count === 1 ? "Disable this account?" : `Disable ${count} accounts?`),
      effects: [
        "The user can no longer sign in, and sessions end.",
        "Nothing is deleted; enable it again at any time.",
      ],
    },
    enable: {
      name: "Enable account",
      question: (count: number) => (count === 1 ? "Enable this account?" : `Enable ${count} accounts?`),
      effects: ["The user can sign in again with the password and methods of before."],
    },
  },
  signIns: {
    dismiss: {
      name: "Dismiss risk",
      question: (count: number) =>
        count === 1 ? "Dismiss the risk of this sign-in?" : `Dismiss the risk of ${count} sign-ins?`,
      effects: [
        "The risk was real but does not matter: detections of the sign-in are closed as dismissed.",
        "The user's risk level is computed again from what is still open.",
      ],
    },
    confirmCompromised: {
      name: "Confirm compromised",
      question: (count: number) =>
        count === 1 ? "Confirm that this sign-in was an attack?" : `Confirm that ${count} sign-ins were attacks?`,
      effects: [
        "Detections of the sign-in and the user's risk level become high, so policies on user risk apply at the next decision.",
        "Nothing is reset by itself: without a policy on user risk the account stays usable.",
      ],
    },
    confirmSafe: {
      name: "Confirm safe",
      question: (count: number) =>
        count === 1
          ? "Confirm that this sign-in was the user's own?"
          : `Confirm that ${count} sign-ins were the users' own?`,
      effects: [
        "Detections of the sign-in are closed as confirmed safe.",
        "The user's risk level is computed again from what is still open.",
      ],
    },
  },
  servicePrincipals: {
    dismiss: {
      name: "Dismiss risk",
      question: (count: number) =>
        count === 1 ? "Dismiss the risk of this application?" : `Dismiss the risk of ${count} applications?`,
      effects: [
        "Open detections of the application are closed as dismissed.",
        "Its risk level becomes none, so policies on the risk of workload identities no longer apply.",
      ],
    },
    confirmCompromised: {
      name: "Confirm compromised",
      question: (count: number) =>
        count === 1
          ? "Confirm that this application is compromised?"
          : `Confirm that ${count} applications are compromised?`,
      effects: [
        "The application's risk level becomes high, so policies on the risk of workload identities apply to its next token.",
        "Secrets and certificates stay as they are: replace them.",
      ],
    },
  },
  grants: {
    revoke: {
      name: "Revoke",
      question: (count: number) =>
        count === 1 ? "Take this consent back?" : `Take back ${count} times what was agreed to?`,
      effects: [
        "Sign-ins to the application ask for consent again, or are refused where an administrator must agree.",
        "Refresh tokens get no new access tokens with these permissions; access tokens end by themselves.",
      ],
    },
  },
  affects: "Concerned are",
  doing: (done: number, all: number) => `${done} of ${all} done`,
  done: "Done",
  failed: (reason: string) => `Failed: ${reason}`,
  summary: (done: number, failed: number) =>
    failed === 0 ? `Done for all ${done}.` : `Done for ${done}, failed for ${failed}.`,
};
