/** What can hardly be mistaken for something else when it is read aloud or copied by hand. */
const LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const GROUPS = 4;
const GROUP = 5;

/** A password drawn at random, about 115 bits, in groups that are easy to copy. */
export function newPassword(): string {
  for (;;) {
    const groups = Array.from({ length: GROUPS }, () => Array.from({ length: GROUP }, letter).join(""));
    const password = groups.join("-");
    // Small letters, capitals and digits, as rules for passwords ask for; nearly every draw has them.
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password)) return password;
  }
}

function letter(): string {
  // Bytes past the last whole multiple are drawn again, so that every letter is as likely.
  const bound = 256 - (256 % LETTERS.length);
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < bound) return LETTERS.charAt(byte % LETTERS.length);
  }
}
