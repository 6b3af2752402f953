use super::Migration;
use super::Step::Table;

/// Which certificate proves which device.
pub(super) const MIGRATION: Migration =
    Migration { number: 5, name: "device certificates", steps: &[Table("device_certificates", &[])] };
