//! The words that start with a hyphen.

/// A relation between an attribute and a value, or its opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) relation: Relation,
    pub(crate) is_negative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Equals,
    StartsWith,
    EndsWith,
    Contains,
    In,
}

/// Every operator: its name, its relation, and whether it is the opposite.
pub(crate) const OPERATORS: [(&str, Relation, bool); 10] = [
    ("-eq", Relation::Equals, false),
    ("-ne", Relation::Equals, true),
    ("-startsWith", Relation::StartsWith, false),
    ("-notStartsWith", Relation::StartsWith, true),
    ("-endsWith", Relation::EndsWith, false),
    ("-notEndsWith", Relation::EndsWith, true),
    ("-contains", Relation::Contains, false),
    ("-notContains", Relation::Contains, true),
    ("-in", Relation::In, false),
    ("-notIn", Relation::In, true),
];

impl Operator {
    /// The operator of this name in any case, the hyphen included.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let (_, relation, is_negative) =
            OPERATORS.into_iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
        Some(Self { relation, is_negative })
    }
}

/// What joins comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    And,
    Or,
    Not,
}

impl Joint {
    /// The joint of this name in any case, the hyphen included.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [("-and", Self::And), ("-or", Self::Or), ("-not", Self::Not)]
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, joint)| joint)
    }
}
