use super::Migration;
use super::Step::Table;

/// What Conditional Access refers to besides named locations, and what holds without it.
pub(super) const MIGRATION: Migration = Migration {
    number: 6,
    name: "authentication strengths, authentication contexts, security defaults",
    steps: &[
        Table("authentication_strengths", &[]),
        Table("authentication_contexts", &[]),
        Table("security_defaults", &[]),
    ],
};
