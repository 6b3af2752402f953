//! Thresholds from the tenant's own sign-ins.

use riskgate_model::{RiskLevel, RiskState};
use riskgate_protection::{MIN_SIGN_INS, Protection};
use riskgate_risk::{NoiseBudget, RiskConfig};
use riskgate_store::Batch;
use riskgate_store::records::SignInRecord;

use crate::support::{HOME, World};

/// A node that keeps to a budget of one in a hundred for each level.
fn node(it: &World) -> Protection {
    let budget = NoiseBudget { low: 0.01, medium: 0.01, high: 0.01 };
    it.other_node().with_noise_budget(Some(budget))
}

/// So many sign-ins like the one of Alice, each with the score `score` gives its number.
async fn past(it: &World, count: u64, score: impl Fn(u64) -> f64, change: impl Fn(&mut SignInRecord)) {
    let judged = it.sign_in(HOME).await;
    let like = it.record(&judged.sign_in_id).await;
    for chunk in (0..count).collect::<Vec<_>>().chunks(200) {
        let mut batch = Batch::new(it.tenant);
        for n in chunk {
            let mut record = like.clone();
            record.sign_in.id = format!("{:08}-{}", n, &judged.sign_in_id);
            record.evidence.assessment["score"] = score(*n).into();
            record.evidence.risk_context["history"]["signIns"] = 50.into();
            change(&mut record);
            batch.insert(&record).unwrap();
        }
        it.store.commit(batch).await.unwrap();
    }
}

pub(crate) async fn thresholds_follow_the_tenants_own_scores(it: World) {
    let node = node(&it);
    past(&it, MIN_SIGN_INS, |n| n as f64, |_| {}).await;
    let noise = node.follow_noise_budget().await.unwrap().unwrap();
    assert_eq!(noise.sign_ins, MIN_SIGN_INS, "the one that began with nothing learned does not count");
    assert!(noise.is_enough());
    assert_eq!(noise.budgeted.low.score, 990.0);
    assert_eq!(node.settings().unfamiliar_features.high, 990.0);
    assert_eq!(noise.budgeted.low.achieved.counted, 0.01);
    assert!(noise.in_force[0].counted > 0.9, "with the configured thresholds nearly all would be found");
    let judged = node.judge(&it.attempt(riskgate_protection::SignInKind::Interactive, HOME)).await.unwrap();
    let stored = it.record(&judged.sign_in_id).await.evidence.risk_config;
    assert_eq!(stored["unfamiliarFeatures"]["medium"], 990.0, "a replay uses what was in force");
}

pub(crate) async fn little_history_leaves_the_configured_thresholds(it: World) {
    let node = node(&it);
    past(&it, 50, |n| n as f64, |_| {}).await;
    let noise = node.follow_noise_budget().await.unwrap().unwrap();
    assert!(!noise.is_enough());
    assert_eq!(*node.settings(), RiskConfig::default());
    assert_eq!(it.protection.follow_noise_budget().await.unwrap(), None, "without a budget");
}

pub(crate) async fn what_is_no_honest_sign_in_does_not_count(it: World) {
    let node = node(&it);
    let is_attack = |record: &mut SignInRecord| {
        record.sign_in.risk_state = Some(RiskState::ConfirmedCompromised);
        record.sign_in.risk_level_aggregated = Some(RiskLevel::High);
    };
    past(&it, 10, |_| 50.0, is_attack).await;
    let failed = |record: &mut SignInRecord| {
        record.sign_in.status.as_mut().unwrap().error_code = Some(50_126);
    };
    past(&it, 10, |_| 50.0, failed).await;
    past(&it, 10, |_| 50.0, |record| record.sign_in.is_interactive = Some(false)).await;
    past(&it, 10, |_| 50.0, |record| record.evidence.risk_context["history"]["signIns"] = 3.into()).await;
    assert_eq!(node.follow_noise_budget().await.unwrap().unwrap().sign_ins, 0);
}
