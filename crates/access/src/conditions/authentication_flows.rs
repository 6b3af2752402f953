use riskgate_model::{ConditionalAccessAuthenticationFlows, TransferMethod};

use super::Findings;
use crate::request::Request;
use crate::trace::Rule;

/// Flows by which a session came from another device. A session that came so once stays one (protocol tracking,
/// `entra-semantics` §3.6).
#[derive(Debug, Clone)]
pub(super) struct AuthenticationFlowRule(Vec<TransferMethod>);

impl AuthenticationFlowRule {
    /// `None` when no flow is named, or `none` is: the condition is not configured.
    pub(super) fn new(flows: &ConditionalAccessAuthenticationFlows) -> Option<Self> {
        let members = flows.transfer_methods.members();
        let named: Vec<_> = [TransferMethod::DeviceCodeFlow, TransferMethod::AuthenticationTransfer]
            .into_iter()
            .filter(|method| members.contains(&method.name()))
            .collect();
        (!named.is_empty() && !members.contains(&"none")).then_some(Self(named))
    }

    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let method = request.person().and_then(|person| person.authentication.transfer_method);
        let Some(method) = method.filter(|method| self.0.contains(method)) else { return false };
        findings.include_rules.insert(match method {
            TransferMethod::DeviceCodeFlow => Rule::DeviceCodeFlow,
            TransferMethod::AuthenticationTransfer => Rule::AccountTransfer,
        });
        true
    }
}
