// The password of the test user, which the commands need. It lies in this browser until the first run is removed.
const KEY = "riskgate.start";

interface Kept {
  userId: string;
  password: string;
}

/** The password, if this browser set it. */
export function passwordOf(userId: string): string | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(KEY) ?? "{}") as Partial<Kept>;
    return kept.userId === userId && typeof kept.password === "string" ? kept.password : null;
  } catch {
    return null;
  }
}

export function keepPassword(userId: string, password: string): void {
  const kept: Kept = { userId, password };
  window.localStorage.setItem(KEY, JSON.stringify(kept));
}

export function forgetPassword(): void {
  window.localStorage.removeItem(KEY);
}
