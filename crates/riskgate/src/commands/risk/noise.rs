use anyhow::ensure;
use riskgate_protection::{MIN_SIGN_INS, Noise};
use riskgate_risk::{NoiseBudget, Share};
use serde_json::json;

use crate::cli::{NoiseArgs, Output};
use crate::commands::open;
use crate::print;

/// Shows what a noise budget makes of the tenant's own sign-ins. Nothing is changed.
///
/// # Errors
/// If a share is none, or the store cannot be read.
pub(crate) async fn run(arguments: &NoiseArgs) -> anyhow::Result<()> {
    let system = open(&arguments.common).await?;
    let configured = system.foundation.config.noise_budget.unwrap_or_default();
    let budget = NoiseBudget {
        low: arguments.low.unwrap_or(configured.low),
        medium: arguments.medium.unwrap_or(configured.medium),
        high: arguments.high.unwrap_or(configured.high),
    };
    let shares = [budget.high, budget.medium, budget.low];
    ensure!(
        shares.iter().all(|share| (0.0..=1.0).contains(share)) && shares.is_sorted(),
        "--low, --medium and --high are shares from 0 to 1, each at most the one before it"
    );
    let noise = system.protection.noise(&budget).await?;
    match arguments.common.output {
        Output::Json => print::json(&json!({
            "signIns": noise.sign_ins, "isEnough": noise.is_enough(), "budget": budget,
            "inForce": noise.in_force, "budgeted": noise.budgeted,
        })),
        Output::Text => print::text(&told(&noise, &budget)),
    }
}

fn told(noise: &Noise, budget: &NoiseBudget) -> String {
    let chosen = [noise.budgeted.low, noise.budgeted.medium, noise.budgeted.high];
    let allowed = [budget.low, budget.medium, budget.high];
    let rows: Vec<_> = (0..3)
        .map(|level| {
            vec![
                ["low", "medium", "high"][level].to_owned(),
                share(&noise.in_force[level]),
                format!("{:.2} %", allowed[level] * 100.0),
                if chosen[level].score.is_finite() {
                    format!("{:.2}", chosen[level].score)
                } else {
                    "-".to_owned()
                },
                share(&chosen[level].achieved),
            ]
        })
        .collect();
    let titles = ["LEVEL OR ABOVE", "FOUND NOW", "BUDGET", "THRESHOLD FOR IT", "WOULD BE FOUND"];
    let note = match noise.is_enough() {
        true => String::new(),
        false => format!("\nToo few to set thresholds by: {MIN_SIGN_INS} are needed.\n"),
    };
    let counted = "honest sign-ins of known users in the last 90 days, with 95 % intervals";
    format!("{} {counted}\n\n{}{note}", noise.sign_ins, print::table(&titles, &rows))
}

fn share(share: &Share) -> String {
    let [counted, least, most] = [share.counted, share.at_least, share.at_most].map(|share| share * 100.0);
    format!("{counted:.2} % ({least:.2} to {most:.2})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_history_is_told_as_little() {
        let budget = NoiseBudget::default();
        let none = Share::of(0, 10);
        let noise = Noise { sign_ins: 10, in_force: [none; 3], budgeted: budget.thresholds([1.0; 10]) };
        let told = told(&noise, &budget);
        assert!(told.contains("Too few to set thresholds by: 1000 are needed."), "{told}");
        assert!(told.contains("0.00 % (0.00 to 27.75)"), "{told}");
    }
}
