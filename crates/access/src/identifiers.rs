//! Identifiers as numbers: a request looks each of its own up once, and policies compare numbers.

use std::borrow::Cow;
use std::collections::HashMap;

/// The number of an identifier that a policy names.
pub(crate) type Number = u32;

/// Every identifier the policies of a set name. GUIDs are the same in any case, so lower case is kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identifiers(HashMap<Box<str>, Number>);

impl Identifiers {
    /// The number of an identifier, a new one if it has none.
    fn number(&mut self, id: &str) -> Number {
        // Policies of a tenant name far fewer than 2^32 identifiers; the body limits of the edge see to that.
        let next = Number::try_from(self.0.len()).unwrap_or(Number::MAX);
        *self.0.entry(lower(id).into_owned().into_boxed_str()).or_insert(next)
    }

    /// Numbers of the identifiers of a list, without its keywords.
    pub(crate) fn numbers(&mut self, list: &[String], keywords: &[&str]) -> NumberSet {
        let is_keyword = |text: &String| keywords.iter().any(|word| crate::keyword::is(text, word));
        list.iter().filter(|text| !is_keyword(text)).map(|id| self.number(id)).collect()
    }

    /// The number of an identifier of a request; `None` if no policy names it.
    pub(crate) fn find(&self, id: &str) -> Option<Number> {
        self.0.get(lower(id).as_ref()).copied()
    }
}

/// A sorted set of numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberSet(Vec<Number>);

impl NumberSet {
    pub(crate) fn contains(&self, number: Number) -> bool {
        self.0.binary_search(&number).is_ok()
    }

    /// Whether the sets have a member in common.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let (few, many) = if self.0.len() < other.0.len() { (self, other) } else { (other, self) };
        few.0.iter().any(|number| many.contains(*number))
    }
}

impl FromIterator<Number> for NumberSet {
    fn from_iter<I: IntoIterator<Item = Number>>(numbers: I) -> Self {
        let mut numbers: Vec<_> = numbers.into_iter().collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self(numbers)
    }
}

/// An identifier as it is compared.
pub(crate) fn lower(id: &str) -> Cow<'_, str> {
    if id.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(id.to_ascii_lowercase())
    } else {
        Cow::Borrowed(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_the_same_in_any_case_and_keywords_are_none() {
        let mut identifiers = Identifiers::default();
        let list = ["All", "AB-1", "ab-1", "cd-2"].map(str::to_owned);
        let set = identifiers.numbers(&list, &["all"]);
        assert_eq!(set.0.len(), 2);
        assert_eq!(identifiers.find("Ab-1"), identifiers.find("aB-1"));
        assert!(set.contains(identifiers.find("CD-2").unwrap()));
        assert_eq!(identifiers.find("All"), None);
    }

    #[test]
    fn sets_meet_when_they_share_a_number() {
        let set = |numbers: &[Number]| numbers.iter().copied().collect::<NumberSet>();
        for (a, b, expected) in
            [(&[1, 5, 3][..], &[9, 5][..], true), (&[1], &[], false), (&[1, 2], &[3, 4, 5], false)]
        {
            assert_eq!(set(a).meets(&set(b)), expected);
            assert_eq!(set(b).meets(&set(a)), expected);
        }
    }
}
