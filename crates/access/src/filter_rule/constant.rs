//! Whether a rule gives the same answer for every object, so that it is no filter.

use std::collections::{BTreeMap, BTreeSet};

use super::attribute::{Attribute, AttributeValue, Kind};
use super::expression::{Expression, Test};

/// Most combinations of values that are tried.
const MOST_COMBINATIONS: usize = 4_096;
/// Most items a collection is asked for of which every selection is tried.
const MOST_ITEMS: usize = 4;

/// A value an attribute may have, for [`AttributeValue`] to borrow from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Candidate {
    Null,
    Boolean(bool),
    Text(String),
    Collection(Vec<String>),
}

impl Candidate {
    fn value(&self) -> AttributeValue<'_> {
        match self {
            Self::Null => AttributeValue::Null,
            Self::Boolean(value) => AttributeValue::Boolean(*value),
            Self::Text(text) => AttributeValue::Text(text),
            Self::Collection(items) => AttributeValue::Collection(items),
        }
    }
}

/// The answer the rule gives for every object; `None` if answers differ, or if it cannot be told: not every part of a text
/// can be tried, and not every combination of many values.
pub(super) fn constant<A: Attribute>(rule: &Expression<A>) -> Option<bool> {
    let mut words: BTreeMap<&A, BTreeSet<&str>> = BTreeMap::new();
    if !collect(rule, &mut words) {
        return None;
    }
    let choices: Vec<(&A, Vec<Candidate>)> = words
        .into_iter()
        .map(|(attribute, words)| Some((attribute, candidates(attribute.kind(), &words)?)))
        .collect::<Option<_>>()?;
    let combinations =
        choices.iter().try_fold(1_usize, |product, (_, values)| product.checked_mul(values.len()))?;
    if combinations > MOST_COMBINATIONS {
        return None;
    }
    let answer = |number| rule.holds(&|attribute: &A| nth(&choices, number, attribute));
    let first = answer(0);
    (1..combinations).all(|number| answer(number) == first).then_some(first)
}

/// The value of an attribute in the combination with this number, read as digits with as many values as each has choices.
fn nth<'a, A: Attribute>(
    choices: &'a [(&A, Vec<Candidate>)],
    number: usize,
    wanted: &A,
) -> AttributeValue<'a> {
    let mut rest = number;
    for (attribute, values) in choices {
        let digit = rest.checked_rem(values.len()).unwrap_or(0);
        if *attribute == wanted {
            return values.get(digit).map_or(AttributeValue::Null, Candidate::value);
        }
        rest = rest.checked_div(values.len()).unwrap_or(0);
    }
    AttributeValue::Null
}

/// Gathers the texts each attribute is compared with; `false` if one is asked for parts of its text.
fn collect<'a, A: Attribute>(
    rule: &'a Expression<A>,
    words: &mut BTreeMap<&'a A, BTreeSet<&'a str>>,
) -> bool {
    let comparison = match rule {
        Expression::All(items) | Expression::Any(items) => {
            return items.iter().all(|item| collect(item, words));
        }
        Expression::Not(inner) => return collect(inner, words),
        Expression::Compare(comparison) => comparison,
    };
    let words = words.entry(&comparison.attribute).or_default();
    match &comparison.test {
        Test::IsNull | Test::Is(_) => true,
        Test::Equals(text) => {
            words.insert(text.as_str());
            true
        }
        Test::In(texts) => {
            words.extend(texts.iter().map(|text| text.as_str()));
            true
        }
        Test::Contains(item) if comparison.attribute.kind() == Kind::Collection => {
            words.insert(item.as_str());
            true
        }
        Test::Contains(_) | Test::StartsWith(_) | Test::EndsWith(_) => false,
    }
}

/// A value for every way an attribute can answer.
fn candidates(kind: Kind, words: &BTreeSet<&str>) -> Option<Vec<Candidate>> {
    // Longer than every word, so equal to none.
    let other = words.iter().fold("other".to_owned(), |text, word| text + word);
    let texts = || {
        let texts = words.iter().map(|word| Candidate::Text((*word).to_owned()));
        std::iter::once(Candidate::Text(other.clone())).chain(texts)
    };
    let null = std::iter::once(Candidate::Null);
    Some(match kind {
        Kind::Boolean => null.chain([Candidate::Boolean(true), Candidate::Boolean(false)]).collect(),
        Kind::Text => null.chain(texts()).collect(),
        Kind::Collection => null.chain(selections(&other, words)?).collect(),
        Kind::TextOrCollection => null.chain(texts()).chain(selections(&other, words)?).collect(),
    })
}

/// Every selection of the words, each with another item; `None` if there are too many.
fn selections(other: &str, words: &BTreeSet<&str>) -> Option<impl Iterator<Item = Candidate>> {
    if words.len() > MOST_ITEMS {
        return None;
    }
    let mut selections = vec![vec![other.to_owned()]];
    for word in words {
        let with = selections.clone().into_iter().map(|mut items| {
            items.push((*word).to_owned());
            items
        });
        selections.extend(with.collect::<Vec<_>>());
    }
    Some(selections.into_iter().map(Candidate::Collection))
}
