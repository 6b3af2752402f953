//! Changes of the schema, in the order they are applied.
//!
//! A migration that was released never changes again: its checksum is in every store it was applied to, and a store
//! with another checksum is refused. That is why migrations do not look at `riskgate_store::tables`; a test compares
//! what all of them together make with it.
//!
//! To change the schema:
//! 1. change the table in `riskgate_store::tables`; the test `schema` now says what differs;
//! 2. add `migrations/m0002_what_it_does.rs` beside the others, with steps of [`Step`], and name it in [`ALL`];
//! 3. keep the old program working beside it while nodes are replaced one by one: add first, remove in a later release.

mod m0001_first_tables;
mod m0002_devices;
mod m0003_revisions;
mod m0004_device_authorizations;
mod m0005_device_certificates;
mod m0006_strengths_contexts_defaults;
mod m0007_application_sessions;
mod m0008_terms_of_use;
mod m0009_service_principal_risk;
mod m0010_sign_in_histories;
mod m0011_workload_histories;
mod m0012_revoked_access_tokens;
mod m0013_logout_notices;
mod m0014_recovery;
mod m0015_pushed_requests;
mod m0016_attribute_definitions;
mod m0017_federation;
mod m0018_failed_first_factors;
mod m0019_approval;

use std::fmt::Write;

use aws_lc_rs::digest::{SHA256, digest};
use riskgate_store::ColumnKind;

/// Every migration, oldest first, numbered from 1 without gaps.
pub(crate) static ALL: &[Migration] = &[
    m0001_first_tables::MIGRATION,
    m0002_devices::MIGRATION,
    m0003_revisions::MIGRATION,
    m0004_device_authorizations::MIGRATION,
    m0005_device_certificates::MIGRATION,
    m0006_strengths_contexts_defaults::MIGRATION,
    m0007_application_sessions::MIGRATION,
    m0008_terms_of_use::MIGRATION,
    m0009_service_principal_risk::MIGRATION,
    m0010_sign_in_histories::MIGRATION,
    m0011_workload_histories::MIGRATION,
    m0012_revoked_access_tokens::MIGRATION,
    m0013_logout_notices::MIGRATION,
    m0014_recovery::MIGRATION,
    m0015_pushed_requests::MIGRATION,
    m0016_attribute_definitions::MIGRATION,
    m0017_federation::MIGRATION,
    m0018_failed_first_factors::MIGRATION,
    m0019_approval::MIGRATION,
];

/// One change of the schema, applied whole or not at all.
#[derive(Debug)]
pub(crate) struct Migration {
    /// Its place in the order.
    pub(crate) number: i64,
    /// What it does, in a few words.
    pub(crate) name: &'static str,
    /// What is done, in order.
    pub(crate) steps: &'static [Step],
}

/// One part of a [`Migration`].
#[derive(Debug)]
pub(crate) enum Step {
    /// A new table with `tenant_id`, `id`, `version`, `document` and these columns.
    Table(&'static str, &'static [(&'static str, ColumnKind)]),
    /// A new column, filled from the documents that exist, for a table of more than none.
    #[cfg_attr(not(test), expect(dead_code, reason = "the first change of a released table will use it"))]
    Column(&'static str, &'static str, ColumnKind),
    /// A new index over `tenant_id`, these columns and `id`. A column followed by ` desc` is kept largest first,
    /// which moments are: lists show the newest first, by identifier within the same moment.
    Index(&'static str, &'static [&'static str]),
    /// A new unique index over `tenant_id` and these columns.
    Unique(&'static str, &'static [&'static str]),
    /// An index removed.
    #[cfg_attr(not(test), expect(dead_code, reason = "the first change of a released table will use it"))]
    DropIndex(&'static str, &'static [&'static str]),
}

impl Migration {
    /// SHA-256 of what the migration does, hexadecimal.
    pub(crate) fn checksum(&self) -> String {
        let mut text = String::new();
        for step in self.steps {
            step.describe(&mut text);
        }
        digest(&SHA256, text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Step {
    /// Says what the step does, the same way forever.
    fn describe(&self, text: &mut String) {
        let kind = |kind: &ColumnKind| match kind {
            ColumnKind::Text => "text",
            ColumnKind::Integer => "integer",
            ColumnKind::Boolean => "boolean",
            ColumnKind::Time => "time",
            ColumnKind::List => "list",
        };
        let _ = match self {
            Self::Table(table, columns) => {
                let columns: Vec<_> =
                    columns.iter().map(|(name, column)| format!("{name} {}", kind(column))).collect();
                writeln!(text, "table {table}: {}", columns.join(", "))
            }
            Self::Column(table, name, column) => writeln!(text, "column {table}: {name} {}", kind(column)),
            Self::Index(table, columns) => writeln!(text, "index {table}: {}", columns.join(", ")),
            Self::Unique(table, columns) => writeln!(text, "unique {table}: {}", columns.join(", ")),
            Self::DropIndex(table, columns) => writeln!(text, "drop index {table}: {}", columns.join(", ")),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_gaps() {
        for (migration, number) in ALL.iter().zip(1..) {
            assert_eq!(migration.number, number, "{}", migration.name);
        }
    }

    /// Add the checksum of each new migration here; one that was released must never need another.
    #[test]
    fn migrations_stay_as_they_were_released() {
        let known = [
            "ed63cc1fc0b39c8836639c6fcb93241536d2fa574b322632158df98ad54f81b7",
            "ef7e09d5c3608506b70fe58ef3839b9ddfabdf31545ac71370c112f8580feb43",
            "ddc2905fe02d28879db3d76bbd7b8d44c3d735213697b8052e276837d5d6cc63",
            "46ee8cce05b75a8975b446d770408545b62c5a38eb0de8943665ea4b2c8e9a86",
            "b410472775390770b0ddaab93f63e0a86662139b810a0fba8d5165b32e9d65c7",
            "6127c68c871ca995877fc28906f5fd86c4a385b674828e9417f93ce493e32bae",
            "1975cb4383e5a433eb89afd67df312e9d2774e2ed01460db9031751a7054b1cc",
            "c0a2e12c0382dd8979968d7f9b09f7bd1cef5ed562d03f310e3bc294de6a3dea",
            "29c9ff815103010e40e9c8de39b8ad6eb29060db331de1ca38dd8da3bf1dd235",
            "c35e739da6c8cf1ad7c3a25cc5e2e1c9c4dfa64d24e0a6d1f407551c964f54b8",
            "dae7d76e8a123f726e1e04f0a289ef8f4f2394ef2c38a587f176d70609f585f7",
            "06ea06ab9249ed13d832a85575749c152231524cf97f45fccfb5bff41e34c242",
            "aebb0f4d3592f2e19c7b3583ff659dcb3e7e6b6d77c27b4ffc9001d9804cfaad",
            "9f437361a51b6ee703c143a1adc9f17261763832f5509089389a6de4e17a5cc3",
            "38c38ab950b918c3db4472e76a4144825e7c5c27a7366b7e96bfd81f00defa0c",
            "8280294a108357c90b3c2ff6b7c7e452e410b4388311260bb846ecff6dddf7ca",
            "f78e91e63982edf779a729755151c49e7088e7d4983438875259e0255034fe4f",
            "a7d41ebaac512e671039c5acff3a9799176ff88125f44270252f15ed7e94db87",
            "633b5e97ab001b7d4d54ab70b7e86b1a384e5edbf81edb79ab79877c26d29107",
        ];
        let checksums: Vec<_> = ALL.iter().map(Migration::checksum).collect();
        assert_eq!(checksums, known);
    }

    #[test]
    fn every_difference_changes_the_checksum() {
        let columns: &[(&str, ColumnKind)] = &[("a", ColumnKind::Text)];
        let steps: [&[Step]; 7] = [
            &[Step::Table("t", columns)],
            &[Step::Table("t", &[("a", ColumnKind::List)])],
            &[Step::Column("t", "a", ColumnKind::Text)],
            &[Step::Index("t", &["a"])],
            &[Step::Index("t", &["a desc"])],
            &[Step::Unique("t", &["a"])],
            &[Step::DropIndex("t", &["a"])],
        ];
        let mut checksums: Vec<_> = steps
            .iter()
            .map(|steps| Migration { number: 1, name: "x", steps: leak(steps) }.checksum())
            .collect();
        checksums.sort();
        checksums.dedup();
        assert_eq!(checksums.len(), steps.len());
        assert_eq!(checksums[0].len(), 64);
    }

    fn leak(steps: &[Step]) -> &'static [Step] {
        let copied = steps.iter().map(|step| match *step {
            Step::Table(table, columns) => Step::Table(table, columns),
            Step::Column(table, column, kind) => Step::Column(table, column, kind),
            Step::Index(table, columns) => Step::Index(table, columns),
            Step::Unique(table, columns) => Step::Unique(table, columns),
            Step::DropIndex(table, columns) => Step::DropIndex(table, columns),
        });
        Vec::leak(copied.collect())
    }
}
