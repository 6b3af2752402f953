//! An organisation that never was, so that there is something to look at: people, policies, and weeks of sign-ins judged by
//! the real pipeline at the times they would have happened.

mod events;
mod people;
mod policies;
mod recorded;

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use riskgate_core::{ManualClock, Timestamp};
use riskgate_directory::Directory;
use riskgate_protection::Protection;
use riskgate_risk_evaluation::Scenario;
use riskgate_store::tables;
use serde_json::json;

use self::events::Organisation;
use self::recorded::Recorded;
use crate::cli::{DemoDataArgs, Output};
use crate::commands::open;
use crate::initialise::{new_password, owner};
use crate::print;
use crate::wiring::System;

/// Fills a fresh tenant. The same seed gives the same people and the same events; identifiers differ.
///
/// # Errors
/// If the tenant has sign-ins already: what is made up must not be mixed with what happened.
pub(crate) async fn run(arguments: DemoDataArgs) -> anyhow::Result<()> {
    let system = open(&arguments.common).await?;
    let foundation = &system.foundation;
    let everything = riskgate_odata::Filter::Constant(true);
    let sign_ins = foundation.store.count(system.tenant.id, &tables::SIGN_INS, &everything).await?;
    ensure!(
        sign_ins == 0,
        "this tenant has sign-ins already; demonstration data belongs into a data directory of its own: \
         riskgate demo-data --data-dir demo"
    );
    let begun = foundation.clock.now();
    let scenario = Scenario::new(arguments.seed, arguments.users, i64::from(arguments.days), 1);
    let organisation = found(&system, &scenario, begun).await?;
    let password = new_password(None, &*foundation.rng, &system.password_rules, owner(""))?;
    let hash = foundation.hasher.hash(password.clone()).await?;
    let people = people::create(&system, &organisation.directory, &scenario, &hash).await?;
    policies::create(&organisation.protection, &*foundation.rng, system.tenant.id, organisation.now())
        .await?;
    let bar = progress(scenario.events.len());
    let told = organisation.live(&scenario, &people, &bar).await?;
    bar.finish_and_clear();
    let took = foundation.clock.now().since(begun).as_secs_f64();
    let password = secrecy::ExposeSecret::expose_secret(&password).to_owned();
    match arguments.common.output {
        Output::Json => print::json(&json!({
            "users": people.len(), "signIns": told.sign_ins, "riskySignIns": told.risky,
            "password": password, "seconds": took,
        })),
        Output::Text => print::text(&format!(
            "Made up {} users and {} sign-ins of {} days, {} of them risky, in {took:.0} s.\n\n{}\n",
            people.len(),
            told.sign_ins,
            arguments.days,
            told.risky,
            print::pairs(&[
                ("Password of all users", &password),
                ("Look at them", "riskgate serve, then /admin/")
            ]),
        )),
    }
}

/// The tenant as it was when the first event happened, with a clock of its own.
async fn found(system: &System, scenario: &Scenario, now: Timestamp) -> anyhow::Result<Organisation> {
    let foundation = &system.foundation;
    let end = Timestamp::from_seconds(scenario.plan.end());
    let shift = now.since(end);
    let first = scenario.events.first().map_or(end, |event| Timestamp::from_seconds(event.at));
    let clock = Arc::new(ManualClock::new(first + shift - Duration::from_secs(3_600)));
    let (store, rng) = (foundation.store.clone(), foundation.rng.clone());
    let directory = Directory::new(store.clone(), clock.clone(), rng.clone(), system.tenant.id);
    let recorded = Arc::new(Recorded::default());
    let risk = foundation.config.risk.clone();
    let protection =
        Protection::new(store, directory.clone(), recorded.clone(), clock.clone(), rng.clone(), risk);
    let applications = people::applications(&directory).await?;
    Ok(Organisation { clock, shift, rng, directory, protection, recorded, applications })
}

fn progress(events: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(events as u64), ProgressDrawTarget::stderr());
    if let Ok(style) =
        ProgressStyle::with_template("{wide_bar} {percent} %  {pos} of {len} sign-ins, {eta} left")
    {
        bar.set_style(style);
    }
    bar
}
