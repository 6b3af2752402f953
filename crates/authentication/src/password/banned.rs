//! Passwords that are mostly made of what everybody tries first (`entra-semantics` §3.9).

use std::sync::Arc;

/// What is tried first everywhere, one term a line.
const EVERYWHERE: &str = include_str!("banned_terms.txt");
/// Points a password needs.
const ENOUGH: usize = 5;
/// Shortest and longest term, in characters; shorter ones occur by chance.
const TERM_LENGTH: std::ops::RangeInclusive<usize> = 4..=16;
/// Most terms of an organization.
const MAX_TERMS: usize = 1_000;

/// Why an organization's terms cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// Too short or too long.
    #[error("'{0}' does not have 4 to 16 characters")]
    Length(String),
    /// Too many.
    #[error("there are more than 1000 terms")]
    TooMany,
}

/// Terms a password may not be mostly made of. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct BannedTerms(Arc<[Vec<char>]>);

impl BannedTerms {
    /// The terms that are banned everywhere and an organization's own.
    pub(super) fn new<'a>(own: impl IntoIterator<Item = &'a str>) -> Self {
        let everywhere = EVERYWHERE.lines().filter(|line| !line.is_empty());
        let mut terms: Vec<Vec<char>> = everywhere.chain(own).map(normalized).collect();
        terms.sort();
        terms.dedup();
        Self(terms.into())
    }

    /// Whether a password is worth too little: it is a term but for one character, or the terms in it and the characters
    /// between them, one point each, are fewer than five. Terms are laid over it so that they cover most.
    pub(super) fn refuses(&self, password: &str) -> bool {
        let password = normalized(password);
        self.0.iter().any(|term| differ_by_one_at_most(term, &password)) || self.points(&password) < ENOUGH
    }

    fn points(&self, password: &[char]) -> usize {
        // The fewest points of what begins at each place, from the end.
        let mut fewest = vec![0; password.len() + 1];
        for at in (0..password.len()).rev() {
            let (_, rest) = password.split_at(at);
            let terms = self.0.iter().filter(|term| rest.starts_with(term)).map(|term| at + term.len());
            let next = terms.chain([at + 1]).filter_map(|next| fewest.get(next).copied()).min();
            if let (Some(place), Some(next)) = (fewest.get_mut(at), next) {
                *place = next + 1;
            }
        }
        fewest.first().copied().unwrap_or(0)
    }
}

/// Checks an organization's terms.
///
/// # Errors
/// [`TermError`].
pub fn check_banned_terms(terms: &[String]) -> Result<(), TermError> {
    if terms.len() > MAX_TERMS {
        return Err(TermError::TooMany);
    }
    match terms.iter().find(|term| !TERM_LENGTH.contains(&term.chars().count())) {
        Some(term) => Err(TermError::Length(term.clone())),
        None => Ok(()),
    }
}

/// Words of a name that are long enough to be no chance when they occur.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= *TERM_LENGTH.start())
}

/// Small letters, with what people write for them put back.
pub(super) fn normalized(text: &str) -> Vec<char> {
    let letters = text.chars().flat_map(char::to_lowercase);
    letters
        .map(|letter| match letter {
            '0' => 'o',
            '1' => 'l',
            '$' => 's',
            '@' => 'a',
            other => other,
        })
        .collect()
}

/// Whether one insertion, removal or replacement at most makes one of the other.
fn differ_by_one_at_most(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short_rest, long_rest) =
        (short.get(same..).unwrap_or_default(), long.get(same..).unwrap_or_default());
    let behind = |rest: &[char]| rest.get(1..).unwrap_or_default().to_vec();
    if short.len() == long.len() {
        behind(short_rest) == behind(long_rest)
    } else {
        short_rest == behind(long_rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuses(password: &str) -> bool {
        BannedTerms::new(["contoso", "blank"]).refuses(password)
    }

    #[test]
    fn terms_and_other_characters_count_one_point_each() {
        for (password, refused) in [
            ("C0ntos0Blank12", true),
            ("ContoS0Bl@nkf9!", false),
            ("Password1!", true),
            ("P@$$w0rd123", true),
            ("P@$$w0rd1234", false),
            ("Winter2026", false),
            ("WinterWinterWinterWinter", true),
            ("Sommer!Herbst!", true),
            ("aB3xaB3x", false),
            ("", true),
        ] {
            assert_eq!(refuses(password), refused, "{password}");
        }
    }

    #[test]
    fn a_term_with_one_other_character_is_the_term() {
        for close in
            ["weihnachten", "weihnachte", "weihnachtenx", "weihmachten", "Xweihnachten", "eihnachten"]
        {
            assert!(refuses(close), "{close}");
        }
        for other in ["weihnact", "weihmachtem", "weihnachtenxyzä"] {
            assert!(!refuses(other), "{other}");
        }
    }

    #[test]
    fn terms_cover_as_much_as_they_can() {
        // "abcd" first would leave "ef" over: "abcdef" is one point.
        let points = |text: &str| BannedTerms::new([]).points(&normalized(text));
        assert_eq!(points("abcdefabcdef"), 2);
        assert_eq!(points("xabcdx"), 3);
        assert_eq!(points("ÄÖÜ"), 3);
    }

    #[test]
    fn own_terms_are_bounded() {
        let terms = |count: usize, length: usize| check_banned_terms(&vec!["x".repeat(length); count]);
        assert_eq!(terms(1_000, 16), Ok(()));
        assert_eq!(terms(1_001, 4), Err(TermError::TooMany));
        assert!(terms(1, 3).is_err() && terms(1, 17).is_err());
    }
}
