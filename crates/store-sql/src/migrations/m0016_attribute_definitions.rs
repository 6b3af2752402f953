use super::Migration;
use super::Step::Table;

/// Definitions of custom security attributes. What is assigned already is defined at the start, from its values.
pub(super) const MIGRATION: Migration = Migration {
    number: 16,
    name: "attribute definitions",
    steps: &[Table("attribute_sets", &[]), Table("attribute_definitions", &[])],
};
