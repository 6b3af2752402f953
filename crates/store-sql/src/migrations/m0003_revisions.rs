use super::Migration;
use super::Step::Table;

/// Counts of changes to what nodes keep in memory.
pub(super) const MIGRATION: Migration =
    Migration { number: 3, name: "revisions", steps: &[Table("revisions", &[])] };
