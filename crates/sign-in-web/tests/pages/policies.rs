//! Policies the world has.

use riskgate_core::{Rng, SystemRng};
use riskgate_model::ConditionalAccessPolicy;
use riskgate_odata::Filter;
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

use crate::world::{POLICY_NAME, World};

impl World {
    /// The only policy there is: for everybody everywhere, with one control; of these sign-in risk levels only, if there
    /// are any.
    pub(crate) async fn policy(&self, control: &str, sign_in_risk: &[&str]) {
        self.remove_policies().await;
        self.enforce(json!({ "signInRiskLevels": sign_in_risk }), one(control), Json::Null).await;
    }

    /// The only policy there is: for everybody who does this, with one control.
    pub(crate) async fn action_policy(&self, action: &str, control: &str) {
        self.remove_policies().await;
        self.enforce_for_action(action, one(control)).await;
    }

    /// One more policy for everybody everywhere, with one control.
    pub(crate) async fn require(&self, control: &str) {
        self.enforce(json!({}), one(control), Json::Null).await;
    }

    /// One more policy for everybody; of all applications, unless its conditions say otherwise.
    pub(crate) async fn enforce(&self, conditions: Json, grant: Json, session: Json) {
        let mut document = json!({
            "id": SystemRng.guid(),
            "displayName": POLICY_NAME,
            "state": "enabled",
            "conditions": {
                "users": { "includeUsers": ["All"] },
                "applications": { "includeApplications": ["All"] },
                "clientAppTypes": ["all"],
            },
            "grantControls": grant,
            "sessionControls": session,
        });
        for (name, value) in conditions.as_object().unwrap() {
            document["conditions"][name] = value.clone();
        }
        let policy: ConditionalAccessPolicy = serde_json::from_value(document).unwrap();
        let mut batch = Batch::new(self.tenant);
        batch.insert(&policy).unwrap();
        self.protection.commit_policies(&batch).await.unwrap();
    }

    /// One more policy, about what is done instead of using an application.
    pub(crate) async fn enforce_for_action(&self, action: &str, grant: Json) {
        let applications = json!({ "includeApplications": [], "includeUserActions": [action] });
        self.enforce(json!({ "applications": applications }), grant, Json::Null).await;
    }

    /// One more policy for everybody everywhere but for these conditions, with one control.
    pub(crate) async fn policy_with(&self, conditions: Json, control: &str) {
        self.enforce(conditions, one(control), Json::Null).await;
    }

    pub(crate) async fn remove_policies(&self) {
        let everything = Filter::Constant(true);
        let mut batch = Batch::new(self.tenant);
        for old in self.store.find_all::<ConditionalAccessPolicy>(self.tenant, everything).await.unwrap() {
            batch.delete(&old);
        }
        self.protection.commit_policies(&batch).await.unwrap();
    }
}

fn one(control: &str) -> Json {
    json!({ "operator": "OR", "builtInControls": [control] })
}
