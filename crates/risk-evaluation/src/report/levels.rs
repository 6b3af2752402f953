use riskgate_model::RiskLevel;

use crate::event::{Attacker, Label};
use crate::run::Row;

use super::collect::{COOKIE, PASSIVE};
use super::table::{Table, percent};
use super::{Bar, Data};

/// What the levels are worth that are in force before anybody sets anything.
pub(super) fn section(data: &Data, _: &mut Vec<Bar>) -> String {
    let mut text = String::from("## What happens when nobody sets anything\n\n");
    text += "Share of right passwords that get a level or a higher one with the default settings, over the whole time and with \
             everything that is part of a level: the learning period, the rule about known devices, all detections that need \
             nothing but the sign-ins. Known are people with more than ten earlier sign-ins.\n\n";
    let header: Vec<_> = ["", "level", "honest", "honest, known"]
        .into_iter()
        .chain(Attacker::PROBES.iter().map(|attacker| attacker.name()))
        .collect();
    let mut table = Table::new(&header);
    for column in [PASSIVE, COOKIE] {
        for level in [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High] {
            let of = |counts: &dyn Fn(&Row) -> bool| percent(share(data, column, level, counts));
            let honest = |row: &Row| row.label == Label::Honest;
            let cells = [of(&honest), of(&|row| honest(row) && row.history > 10)];
            let attacks = Attacker::PROBES.iter().map(|kind| of(&|row| row.label == Label::Attack(*kind)));
            let first = [data.study.names()[column].to_owned(), format!("{level:?}").to_lowercase()];
            table.row(first.into_iter().chain(cells).chain(attacks));
        }
    }
    text + &table.finish()
}

fn share(data: &Data, column: usize, level: RiskLevel, counts: &dyn Fn(&Row) -> bool) -> f64 {
    let (mut all, mut found) = (0_u32, 0_u32);
    for tenant in &data.study.tenants {
        let judgements = &tenant.judged.columns[column].judgements;
        for (row, judgement) in tenant.judged.rows.iter().zip(judgements) {
            if row.is_success && counts(row) {
                all += 1;
                found += u32::from(judgement.level.is_some_and(|given| given.severity() >= level.severity()));
            }
        }
    }
    f64::from(found) / f64::from(all.max(1))
}
