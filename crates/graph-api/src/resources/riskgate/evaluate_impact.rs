//! What policies would have made of recorded sign-ins: decided again by the facts that are kept with each, a part of them
//! with each request, so that no request is long and whoever asks sees how far it is.

use std::collections::BTreeMap;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_directory::Capability;
use riskgate_model::SignIn;
use riskgate_odata::{SkipToken, Value};
use riskgate_protection::{Impact, ImpactEffect, ImpactQuestion};
use riskgate_store::Position;
use serde_json::{Map, Value as Json, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::failure::from_protection;
use crate::resources::policies::hypotheticals;
use crate::route::Outcome;

/// Most days to look back.
const MOST_DAYS: u64 = 90;
/// Most sign-ins that are told one by one for each effect, in each part.
const MOST_EXAMPLES: usize = 10;

/// Decides a part of the sign-ins of the last days again.
pub(super) async fn evaluate(call: Call) -> Outcome {
    if !call.caller()?.may(Capability::ReadPolicies) {
        return Err(call.area.missing_permission());
    }
    let (question, is_first) = question(&call).await?;
    let protection = &call.service.api.protection;
    let total = match is_first {
        true => Some(protection.recorded_since(question.since).await?),
        false => None,
    };
    let impact = protection.impact(&question).await;
    let impact = impact.map_err(|error| from_protection(call.area, error))?;
    Ok(Answer::json(answer(&impact, &question, total)))
}

async fn question(call: &Call) -> Result<(ImpactQuestion, bool), GraphError> {
    let mut body = call.json()?;
    let policies = hypotheticals(call, "policies", body.remove("policies")).await?;
    if policies.is_empty() {
        return Err(call.area.bad_request("'policies' must name at least one policy."));
    }
    let days = days(call, body.remove("days"))?;
    let token = body.remove("skipToken").filter(|token| !token.is_null());
    super::refuse_unknown(call, &body)?;
    let is_first = token.is_none();
    let (since, after) = match token {
        Some(token) => place(call, &token)?,
        None => (call.context.at - Duration::from_secs(days * 86_400), None),
    };
    Ok((ImpactQuestion { policies, since, after }, is_first))
}

fn days(call: &Call, given: Option<Json>) -> Result<u64, GraphError> {
    let days = given.as_ref().map_or(Some(7), Json::as_u64);
    days.filter(|days| (1..=MOST_DAYS).contains(days))
        .ok_or_else(|| call.area.bad_request(format!("'days' must be from 1 to {MOST_DAYS}.")))
}

/// The moment the question looks back to and where it goes on: all parts of one question look back to the same moment.
fn place(call: &Call, token: &Json) -> Result<(Timestamp, Option<Position>), GraphError> {
    let decoded = token.as_str().and_then(|token| SkipToken::decode(token).ok());
    let Some(SkipToken { values, id }) = decoded else {
        return Err(call.area.bad_request("'skipToken' is not one that this action gave."));
    };
    match values.as_slice() {
        [Value::Time(since), at @ Value::Time(_)] => {
            Ok((*since, Some(Position { values: vec![at.clone()], id })))
        }
        _ => Err(call.area.bad_request("'skipToken' is not one that this action gave.")),
    }
}

fn answer(impact: &Impact, question: &ImpactQuestion, total: Option<u64>) -> Json {
    let mut counts: BTreeMap<&str, u64> = NAMES.iter().map(|name| (*name, 0)).collect();
    let mut examples: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    let mut users: BTreeMap<&str, Affected<'_>> = BTreeMap::new();
    for (sign_in, effect) in &impact.sign_ins {
        let name = name(effect);
        *counts.entry(name).or_default() += 1;
        if !is_shown(effect) {
            continue;
        }
        let told = examples.entry(name).or_default();
        if told.len() < MOST_EXAMPLES {
            told.push(example(sign_in, effect));
        }
        let affected = users.entry(&sign_in.user_id).or_insert_with(|| Affected::new(sign_in));
        affected.count(effect);
    }
    let mut body = Map::new();
    body.insert("sinceDateTime".to_owned(), json!(question.since));
    if let Some(total) = total {
        body.insert("signInCount".to_owned(), json!(total));
    }
    body.insert("examinedCount".to_owned(), json!(impact.sign_ins.len()));
    body.extend(counts.into_iter().map(|(name, count)| (format!("{name}Count"), json!(count))));
    body.insert("users".to_owned(), users.values().map(Affected::shown).collect());
    body.insert("examples".to_owned(), examples.into_values().flatten().collect());
    if let Some(next) = &impact.next {
        let values = [vec![Value::Time(question.since)], next.values.clone()].concat();
        body.insert("skipToken".to_owned(), json!(SkipToken { values, id: next.id.clone() }.encode()));
    }
    Json::Object(body)
}

const NAMES: [&str; 6] = ["blocked", "challenged", "sessionLimited", "satisfied", "notApplied", "notJudged"];

fn name(effect: &ImpactEffect) -> &'static str {
    match effect {
        ImpactEffect::Blocked => "blocked",
        ImpactEffect::Challenged(_) => "challenged",
        ImpactEffect::SessionLimited => "sessionLimited",
        ImpactEffect::Satisfied => "satisfied",
        ImpactEffect::NotApplied => "notApplied",
        ImpactEffect::NotJudged => "notJudged",
    }
}

/// Whether somebody would have noticed.
fn is_shown(effect: &ImpactEffect) -> bool {
    use ImpactEffect::{Blocked, Challenged, SessionLimited};
    matches!(effect, Blocked | Challenged(_) | SessionLimited)
}

/// How one user would have been affected.
struct Affected<'a> {
    sign_in: &'a SignIn,
    blocked: u64,
    challenged: u64,
}

impl<'a> Affected<'a> {
    fn new(sign_in: &'a SignIn) -> Self {
        Self { sign_in, blocked: 0, challenged: 0 }
    }

    fn count(&mut self, effect: &ImpactEffect) {
        match effect {
            ImpactEffect::Blocked => self.blocked += 1,
            ImpactEffect::Challenged(_) => self.challenged += 1,
            _ => {}
        }
    }

    fn shown(&self) -> Json {
        let SignIn { user_id, user_display_name, user_principal_name, .. } = self.sign_in;
        json!({
            "userId": user_id, "userDisplayName": user_display_name, "userPrincipalName": user_principal_name,
            "blockedCount": self.blocked, "challengedCount": self.challenged,
        })
    }
}

/// Of a sign-in what tells it apart; the whole of it is read where sign-ins are.
fn example(sign_in: &SignIn, effect: &ImpactEffect) -> Json {
    let controls = match effect {
        ImpactEffect::Challenged(controls) => controls.as_slice(),
        _ => &[],
    };
    json!({
        "id": sign_in.id, "effect": name(effect), "controls": controls,
        "createdDateTime": sign_in.created_date_time, "userId": sign_in.user_id,
        "userDisplayName": sign_in.user_display_name, "userPrincipalName": sign_in.user_principal_name,
        "appDisplayName": sign_in.app_display_name, "resourceDisplayName": sign_in.resource_display_name,
        "ipAddress": sign_in.ip_address, "location": sign_in.location,
        "riskLevelDuringSignIn": sign_in.risk_level_during_sign_in,
    })
}
