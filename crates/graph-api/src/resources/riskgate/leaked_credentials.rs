//! Credentials found where they should not be. Whoever posts them learns nothing about them: a match shows as a detection, to
//! those who may read detections, and what does not match leaves no trace.

use riskgate_model::RiskLevel;
use riskgate_protection::ExternalSignal;
use riskgate_store::StoreExt;
use riskgate_store::records::UserCredential;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::failure::from_protection;
use crate::route::Outcome;

/// Credentials in one request; each costs a verification.
const MOST: usize = 25;
/// Bytes of a name or secret.
const LONGEST: usize = 1_024;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    credentials: Vec<Leaked>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Leaked {
    user_principal_name: Option<String>,
    password: Option<String>,
    app_id: Option<String>,
    secret: Option<String>,
}

enum Pair {
    OfUser(String, SecretString),
    OfApplication(String, SecretString),
}

/// 204 when all were compared with what is good today.
pub(super) async fn create(call: Call) -> Outcome {
    for pair in pairs(&call)? {
        match pair {
            Pair::OfUser(name, password) => compare_password(&call, &name, password).await?,
            Pair::OfApplication(app_id, secret) => compare_secret(&call, &app_id, &secret).await?,
        }
    }
    Ok(Answer::no_content())
}

fn pairs(call: &Call) -> Result<Vec<Pair>, GraphError> {
    let credentials = call.parameters::<Parameters>()?.credentials;
    if credentials.is_empty() || credentials.len() > MOST {
        return Err(call.area.bad_request(format!("'credentials' must have from 1 to {MOST} items.")));
    }
    credentials.into_iter().map(|leaked| leaked.pair(call)).collect()
}

impl Leaked {
    fn pair(self, call: &Call) -> Result<Pair, GraphError> {
        let given = [&self.user_principal_name, &self.password, &self.app_id, &self.secret];
        if given.into_iter().flatten().any(|text| text.is_empty() || text.len() > LONGEST) {
            return Err(call
                .area
                .bad_request(format!("Names and secrets must have from 1 to {LONGEST} bytes.")));
        }
        match (self.user_principal_name, self.password, self.app_id, self.secret) {
            (Some(name), Some(password), None, None) => Ok(Pair::OfUser(name, password.into())),
            (None, None, Some(app_id), Some(secret)) => Ok(Pair::OfApplication(app_id, secret.into())),
            _ => Err(call.area.bad_request(
                "Each credential must have 'userPrincipalName' and 'password', or 'appId' and 'secret'.",
            )),
        }
    }
}

/// The same work is done for a name that nobody has.
async fn compare_password(call: &Call, name: &str, password: SecretString) -> Result<(), GraphError> {
    let api = &call.service.api;
    let user = api.directory.find_user(name).await?;
    let kept = match &user {
        Some(user) => api.store.load::<UserCredential>(api.tenant, &user.id).await?,
        None => None,
    };
    let hash = kept.as_ref().map(|kept| kept.record.password_hash.as_str());
    let verified = api.passwords.verify_in_background(hash, password).await;
    let is_good = verified.map_err(|_| GraphError::unavailable())?;
    let (Some(user), Some(kept), true) = (user, kept, is_good) else { return Ok(()) };
    // One detection for each password: a pair that is found again, or was looked at by an administrator, is known.
    let version = format!("password of {} since {}", user.id, kept.record.changed_date_time);
    let reported =
        api.protection.report_user(&user, &signal(call, version, Vec::new()), &call.actor()?).await;
    reported.map(|_| ()).map_err(|error| from_protection(call.area, error))
}

async fn compare_secret(call: &Call, app_id: &str, secret: &SecretString) -> Result<(), GraphError> {
    let api = &call.service.api;
    let found = api.tokens.key_of_secret(app_id, secret.expose_secret()).await;
    let found = found.map_err(|_| GraphError::unavailable())?;
    let principal = api.directory.find_service_principal_of(app_id).await?;
    let (Some(key_id), Some(principal)) = (found, principal) else { return Ok(()) };
    let signal = signal(call, format!("secret {key_id}"), vec![key_id]);
    let reported = api.protection.report_service_principal(&principal, &signal, &call.actor()?).await;
    reported.map(|_| ()).map_err(|error| from_protection(call.area, error))
}

fn signal(call: &Call, external_id: String, key_ids: Vec<String>) -> ExternalSignal {
    ExternalSignal {
        external_id,
        is_shared: true,
        risk_event_type: "leakedCredentials".to_owned(),
        risk_level: RiskLevel::High,
        activity_at: call.context.at,
        address: None,
        additional_info: r#"[{"Key":"riskReasons","Value":["the leaked credential is good today"]}]"#
            .to_owned(),
        key_ids,
    }
}
