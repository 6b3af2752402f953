use super::Migration;
use super::Step::Table;

/// What is usual for service principals.
pub(super) const MIGRATION: Migration = Migration {
    number: 11,
    name: "workload histories",
    steps: &[
        Table("workload_histories", &[]),
        Table("workload_activities", &[]),
        Table("audit_cursors", &[]),
    ],
};
