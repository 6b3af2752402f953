use riskgate_core::Rng;

/// Letters only, without vowels, so that no words come out, and without the letters that digits look like
/// (RFC 8628 §6.1).
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// 20^8 codes are 34 bits: a guess within fifteen minutes is hopeless at the rate the page allows.
const LENGTH: usize = 8;
/// Bytes from here on would make some letters more likely than others.
const FAIR: u8 = 240;

/// A new code as it is shown: `BCDF-GHJK`.
pub(super) fn new_user_code(rng: &dyn Rng) -> String {
    let mut code = String::with_capacity(LENGTH + 1);
    while code.len() <= LENGTH {
        let mut bytes = [0; 2 * LENGTH];
        rng.fill(&mut bytes);
        for byte in bytes.into_iter().filter(|byte| *byte < FAIR) {
            if code.len() == LENGTH / 2 {
                code.push('-');
            }
            if code.len() <= LENGTH {
                code.push(char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
            }
        }
    }
    code
}

/// A code as it is digested, however a person typed it: spaces, hyphens and case do not count. `None` if it cannot be
/// one.
pub(super) fn normalized(typed: &str) -> Option<String> {
    if typed.len() > 64 {
        return None;
    }
    let letters: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    let is_code = letters.len() == LENGTH && letters.bytes().all(|letter| LETTERS.contains(&letter));
    is_code.then_some(letters)
}

#[cfg(test)]
mod tests {
    use riskgate_core::SystemRng;

    use super::*;

    #[test]
    fn codes_are_two_groups_of_four_and_read_back_however_they_are_typed() {
        for _ in 0..200 {
            let code = new_user_code(&SystemRng);
            assert_eq!((code.len(), code.as_bytes()[4]), (9, b'-'), "{code}");
            let plain = normalized(&code).unwrap();
            assert_eq!(normalized(&format!(" {} ", code.to_lowercase())), Some(plain.clone()));
            assert_eq!(normalized(&plain), Some(plain));
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        let long = "B".repeat(65);
        for typed in ["", "BCDFGHJ", "BCDFGHJKL", "BCDF-GHJA", "BCDF-GHJ1", "ÄCDF-GHJK", &long] {
            assert_eq!(normalized(typed), None, "{typed}");
        }
    }
}
