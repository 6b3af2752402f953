//! The metrics are what they are called, and a small report is complete and repeats.

#![allow(clippy::unwrap_used, reason = "a test")]

use riskgate_risk_evaluation::metrics::{area, by_history, challenges, replays, spray};
use riskgate_risk_evaluation::report::{Seeds, report};
use riskgate_risk_evaluation::scorers::{
    Attempt, Judgement, NewAddressOrAgent, Nothing, Published, Scorer, SprayRules,
};
use riskgate_risk_evaluation::{Attacker, Label, Scenario, Stratum, Study, Tenant, run};

/// Suspects every session that is used from another network owner than where it began.
struct AnotherOwner;

impl Scorer for AnotherOwner {
    fn name(&self) -> &'static str {
        "another owner"
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        let owner = attempt.facts.network.autonomous_system_number.map(|number| format!("AS{number}"));
        let is_other = attempt.session.is_some_and(|session| session.began.network_owner != owner);
        Judgement::from(f64::from(u8::from(is_other)))
    }

    fn observe(&mut self, _: &Attempt<'_>, _: bool) {}
}

fn study() -> Study {
    let scorers = || -> Vec<Box<dyn Scorer>> {
        vec![
            Box::new(Published::default()),
            Box::new(NewAddressOrAgent::default()),
            Box::new(Nothing),
            Box::new(SprayRules::default()),
            Box::new(AnotherOwner),
        ]
    };
    let tenant = |seed, people| {
        let scenario = Scenario::new(seed, people, 200, 3);
        let judged = run(&scenario, &mut scorers(), &mut |_| {});
        Tenant::new(scenario, judged)
    };
    Study { tenants: vec![tenant(5, 150), tenant(6, 60)] }
}

/// The share of pairs of one organisation in which the attempt ranks higher, counted pair by pair.
fn pairs_won(tenant: &Tenant, column: usize, attacker: Attacker) -> (f64, f64) {
    let ranks = |label| -> Vec<u32> {
        let rows = tenant.rows(column).filter(move |(row, _)| row.is_second_half && row.label == label);
        rows.filter(|(row, _)| row.is_success).map(|(_, rank)| rank).collect()
    };
    let (honest, attacks) = (ranks(Label::Honest), ranks(Label::Attack(attacker)));
    let won = |attack: &u32| honest.iter().filter(|rank| *rank < attack).count() as f64;
    (attacks.iter().map(won).sum::<f64>() / honest.len() as f64, attacks.len() as f64)
}

#[test]
fn the_area_is_the_share_of_pairs_in_the_right_order() {
    let study = study();
    for column in 0..3 {
        for attacker in [Attacker::Naive, Attacker::VeryTargeted] {
            let counted: Vec<_> =
                study.tenants.iter().map(|tenant| pairs_won(tenant, column, attacker)).collect();
            let expected = counted.iter().map(|pairs| pairs.0).sum::<f64>()
                / counted.iter().map(|pairs| pairs.1).sum::<f64>();
            let area = area(&study, column, attacker, Stratum::Everyone, false);
            assert!((area.value() - expected).abs() < 1e-9);
            let as_drawn = area.weighted(&vec![1.0; study.people()]);
            assert!((as_drawn - expected).abs() < 1e-9, "everybody drawn once is the sample itself");
        }
    }
    let chance = area(&study, 2, Attacker::Vpn, Stratum::Everyone, false).value();
    assert!((0.42..0.58).contains(&chance), "{chance}");
    let reference = area(&study, 0, Attacker::Naive, Stratum::Everyone, false).value();
    assert!(reference > 0.85, "the reference tells naive attackers: {reference}");
}

#[test]
fn thresholds_of_the_first_half_catch_what_they_should_there() {
    let study = study();
    for tenant in &study.tenants {
        for column in 0..3 {
            let threshold = tenant.threshold(column, Attacker::Vpn, 0.9);
            let first = tenant
                .rows(column)
                .filter(|(row, _)| !row.is_second_half && row.label == Label::Attack(Attacker::Vpn));
            let (caught, all) = first
                .fold((0, 0), |(caught, all), (_, rank)| (caught + usize::from(rank >= threshold), all + 1));
            assert_eq!(caught, (all as f64 * 0.9).ceil() as usize);
        }
    }
}

#[test]
fn chance_challenges_as_many_honest_sign_ins_as_it_catches_attempts() {
    let study = study();
    let counts = challenges(&study, 2, Attacker::Naive, 0.9, Stratum::Everyone);
    assert!((counts.challenge_share(None) - 0.9).abs() < 0.06);
    assert!((counts.caught_share(None) - 0.9).abs() < 0.06);
    let first = &by_history(&study, 2, Attacker::Naive, 0.9, &[4])[0];
    assert!(first.people > 10 && (first.mean - 0.9).abs() < 0.08, "{first:?}");
}

#[test]
fn fixed_thresholds_notice_a_spray_from_one_source() {
    let study = study();
    let of = spray(&study, 3, Attacker::SpraySingle);
    assert!(of.campaigns >= 10 && of.recall() > 0.8, "{of:?}");
    assert!(of.attempts.iter().all(|attempts| *attempts > 15.0), "not before fifteen failures");
    assert!(spray(&study, 0, Attacker::SpraySingle).noticed == 0, "the reference knows no sprays");
}

#[test]
fn sessions_are_judged_with_where_they_began() {
    let study = study();
    let of = replays(&study, 4, 0.9);
    assert_eq!(of.caught_elsewhere, 1.0);
    assert!(of.caught < 1.0 && of.caught > 0.6, "some thieves are with the victim's provider: {of:?}");
    assert!(of.challenged > 0.1 && of.challenged < 0.8, "honest sessions move too: {of:?}");
    assert_eq!(replays(&study, 4, 0.001).caught, 0.0, "more honest ones move than may be challenged");
}

#[test]
fn a_small_report_is_complete_and_repeats() {
    let written = report(Seeds::Small, &|_, _| {});
    for heading in ["What was demanded", "Who is asked", "Sprays", "Journeys", "What each part is worth"] {
        assert!(written.text.contains(&format!("## {heading}")), "{heading}");
    }
    assert_eq!(written.bars.len(), 28);
    assert!(written.text.contains(" of 28 bars are met"));
    for (name, picture) in &written.pictures {
        assert_eq!(picture.matches("<polyline").count(), 24, "{name}: six panels of four lines");
        assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
    }
    assert_eq!(written.text, report(Seeds::Small, &|_, _| {}).text);
}
