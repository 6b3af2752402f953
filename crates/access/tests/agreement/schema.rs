//! Whether every property of a policy was set and left out, and every member of every enumeration was used, as the
//! schema of the crate `model` declares them: a property that is added there must be generated here.

use std::collections::BTreeSet;

use riskgate_model::schema::{Edm, StructuredType};
use riskgate_model::{ConditionalAccessPolicy, GraphType};
use serde_json::Value;

use crate::common::generator::member_names;

/// What an administrator does not choose.
const NOT_CHOSEN: &[&str] = &[
    "/createdDateTime",
    "/deletedDateTime",
    "/description",
    "/displayName",
    "/id",
    "/modifiedDateTime",
    "/templateId",
];
/// What is never left out.
const ALWAYS_SET: &[&str] = &[
    "/conditions",
    "/state",
    "/conditions/devices/deviceFilter/mode",
    "/conditions/devices/deviceFilter/rule",
    "/conditions/authenticationFlows/transferMethods",
    "/conditions/users/includeGuestsOrExternalUsers/guestOrExternalUserTypes",
    "/conditions/users/excludeGuestsOrExternalUsers/guestOrExternalUserTypes",
    "/conditions/users/includeGuestsOrExternalUsers/externalTenants/membershipKind",
    "/conditions/users/excludeGuestsOrExternalUsers/externalTenants/membershipKind",
    "/conditions/platforms/includePlatforms",
    "/conditions/locations/includeLocations",
    "/conditions/clientApplications/includeServicePrincipals",
    "/conditions/applications/applicationFilter/mode",
    "/conditions/applications/applicationFilter/rule",
    "/conditions/clientApplications/servicePrincipalFilter/mode",
    "/conditions/clientApplications/servicePrincipalFilter/rule",
];
/// A level no policy may name (contract §4 rule 9).
const REFUSED_MEMBERS: &[&str] = &["hidden"];

/// What was generated.
#[derive(Default)]
pub struct SchemaCoverage(BTreeSet<String>);

impl SchemaCoverage {
    pub fn add(&mut self, policy: &ConditionalAccessPolicy) {
        let json = serde_json::to_value(policy).expect("a policy is JSON");
        self.visit(ConditionalAccessPolicy::TYPE, &json, "");
    }

    fn visit(&mut self, type_: &'static StructuredType, value: &Value, path: &str) {
        for property in type_.all_properties() {
            let path = format!("{path}/{}", property.name);
            match &value[property.name] {
                Value::Null => self.mark(path + " left out"),
                Value::Array(items) if items.is_empty() => self.mark(path + " left out"),
                Value::Array(items) => {
                    items.iter().for_each(|item| self.visit_value(property.edm, item, &path));
                    self.mark(path + " set");
                }
                item => {
                    self.visit_value(property.edm, item, &path);
                    self.mark(path + " set");
                }
            }
        }
    }

    fn visit_value(&mut self, edm: Edm, value: &Value, path: &str) {
        match (edm, value) {
            (Edm::Complex(type_), value) => self.visit(type_, value, path),
            (Edm::Enum(_), Value::String(members)) => {
                members.split(',').for_each(|member| self.mark(format!("{path} = {member}")));
            }
            (Edm::Boolean, value) => self.mark(format!("{path} = {value}")),
            _ => {}
        }
    }

    fn mark(&mut self, what: String) {
        if !self.0.contains(&what) {
            self.0.insert(what);
        }
    }

    /// What should have been generated and was not.
    pub fn missing(&self) -> Vec<String> {
        let mut wanted = Vec::new();
        list(ConditionalAccessPolicy::TYPE, "", &mut wanted);
        wanted.into_iter().filter(|what| !self.0.contains(what)).collect()
    }
}

fn list(type_: &'static StructuredType, path: &str, wanted: &mut Vec<String>) {
    for property in type_.all_properties() {
        let path = format!("{path}/{}", property.name);
        if NOT_CHOSEN.contains(&path.as_str()) {
            continue;
        }
        wanted.push(format!("{path} set"));
        if !ALWAYS_SET.contains(&path.as_str()) {
            wanted.push(format!("{path} left out"));
        }
        match property.edm {
            Edm::Complex(type_) => list(type_, &path, wanted),
            Edm::Enum(type_) => {
                let names = member_names(type_, REFUSED_MEMBERS);
                wanted.extend(names.iter().map(|name| format!("{path} = {name}")));
            }
            Edm::Boolean => wanted.extend([true, false].map(|value| format!("{path} = {value}"))),
            _ => {}
        }
    }
}
