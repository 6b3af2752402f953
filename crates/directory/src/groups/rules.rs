use riskgate_model::{GraphType, Group};

use crate::properties::{ResourceRules, Rule, any, is_mail_nickname};

/// What may be written into a group (contract §2.4).
pub(super) static GROUP_RULES: ResourceRules = ResourceRules {
    resource: "Group",
    declared: <Group as GraphType>::TYPE,
    required: &["displayName", "mailEnabled", "mailNickname", "securityEnabled"],
    rule,
};

fn rule(name: &str) -> Rule {
    match name {
        "displayName" => Rule::Text(256, any, ""),
        "description" => Rule::Text(1024, any, ""),
        "classification" => Rule::Text(128, any, ""),
        "mailNickname" => {
            Rule::Text(64, is_mail_nickname, "Characters such as @ ( ) , : and spaces are not allowed.")
        }
        "mailEnabled" => Rule::Fixed(false, "A group with mail"),
        "securityEnabled" => Rule::Fixed(true, "A group that is not a security group"),
        "isAssignableToRole" => Rule::NotSupported("A group that holds directory roles"),
        "groupTypes" => Rule::NotSupported("A group type (Unified, DynamicMembership)"),
        "membershipRule" | "membershipRuleProcessingState" => {
            Rule::NotSupported("Dynamic membership of groups")
        }
        "visibility" => Rule::Text(7, |text| text == "Private", "Only Private is supported."),
        _ => Rule::ReadOnly,
    }
}
