//! §3.3: users, groups and roles.

use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn users(users: Value) -> Value {
    let mut all = json!({"includeUsers": []});
    merge(&mut all, users);
    json!({"users": all})
}

pub fn cases() -> Vec<Case> {
    let in_two_groups =
        || facts_with(|f| f.user.group_ids = [GROUP.to_owned(), OTHER_GROUP.to_owned()].into());
    let alone = || {
        facts_with(|f| {
            f.user.group_ids.clear();
            f.user.role_template_ids.clear();
        })
    };
    let all = |more: Value| {
        let mut all = json!({"includeUsers": ["All"]});
        merge(&mut all, more);
        users(all)
    };
    vec![
        applies("§3.3 All names everyone", facts(), users(json!({"includeUsers": ["All"]}))),
        applies("§3.3 All is a word in any case", facts(), users(json!({"includeUsers": ["all"]}))),
        applies("§3.3 All names who is in nothing", alone(), users(json!({"includeUsers": ["All"]}))),
        passes_over("§3.3 None names nobody", facts(), users(json!({"includeUsers": ["None"]}))),
        passes_over("§3.3 None is a word in any case", facts(), users(json!({"includeUsers": ["none"]}))),
        passes_over("§3.3 Nobody is named by empty lists", facts(), users(json!({}))),
        applies("§3.3 An id names the user", facts(), users(json!({"includeUsers": [USER]}))),
        applies(
            "§3.3 An id in capitals is the same",
            facts(),
            users(json!({"includeUsers": [USER.to_uppercase()]})),
        ),
        passes_over("§3.3 Another id does not", facts(), users(json!({"includeUsers": [OTHER_USER]}))),
        applies("§3.1.3 Values are ORed", facts(), users(json!({"includeUsers": [OTHER_USER, USER]}))),
        applies("§3.3 A group names its members", facts(), users(json!({"includeGroups": [GROUP]}))),
        applies(
            "§3.3 A group in capitals is the same",
            facts(),
            users(json!({"includeGroups": [GROUP.to_uppercase()]})),
        ),
        passes_over("§3.3 A group names no others", facts(), users(json!({"includeGroups": [OTHER_GROUP]}))),
        applies(
            "§3.1.3 One of several groups is enough",
            facts(),
            users(json!({"includeGroups": [OTHER_GROUP, GROUP]})),
        ),
        applies(
            "§3.3 The second of the user's groups counts",
            in_two_groups(),
            users(json!({"includeGroups": [OTHER_GROUP]})),
        ),
        passes_over(
            "§3.3 A group does not name who is in none",
            alone(),
            users(json!({"includeGroups": [GROUP]})),
        ),
        applies("§3.3 A role names who has it", facts(), users(json!({"includeRoles": [ROLE]}))),
        passes_over("§3.3 A role names no others", facts(), users(json!({"includeRoles": [OTHER_ROLE]}))),
        applies(
            "§3.3 A group beside None counts",
            facts(),
            users(json!({"includeUsers": ["None"], "includeGroups": [GROUP]})),
        ),
        applies(
            "§3.1.3 Users, groups and roles are ORed",
            facts(),
            users(
                json!({"includeUsers": [OTHER_USER], "includeGroups": [OTHER_GROUP], "includeRoles": [ROLE]}),
            ),
        ),
        passes_over(
            "§3.1.3 No list names the user",
            facts(),
            users(
                json!({"includeUsers": [OTHER_USER], "includeGroups": [OTHER_GROUP], "includeRoles": [OTHER_ROLE]}),
            ),
        ),
        passes_over("§3.1.3 An excluded user is out of All", facts(), all(json!({"excludeUsers": [USER]}))),
        passes_over(
            "§3.1.3 An excluded user is out although named",
            facts(),
            users(json!({"includeUsers": [USER], "excludeUsers": [USER]})),
        ),
        passes_over(
            "§3.1.3 Excluded in capitals is the same",
            facts(),
            all(json!({"excludeUsers": [USER.to_uppercase()]})),
        ),
        applies(
            "§3.1.3 Another excluded user changes nothing",
            facts(),
            all(json!({"excludeUsers": [OTHER_USER]})),
        ),
        passes_over(
            "§3.1.3 An excluded group outweighs an included user",
            facts(),
            users(json!({"includeUsers": [USER], "excludeGroups": [GROUP]})),
        ),
        passes_over(
            "§3.1.3 An excluded group outweighs an included group",
            in_two_groups(),
            users(json!({"includeGroups": [OTHER_GROUP], "excludeGroups": [GROUP]})),
        ),
        applies(
            "§3.1.3 Another excluded group changes nothing",
            facts(),
            all(json!({"excludeGroups": [OTHER_GROUP]})),
        ),
        passes_over("§3.1.3 An excluded role is out of All", facts(), all(json!({"excludeRoles": [ROLE]}))),
        applies(
            "§3.1.3 Another excluded role changes nothing",
            facts(),
            all(json!({"excludeRoles": [OTHER_ROLE]})),
        ),
        applies("§3.1.3 Users that are not configured are everyone", facts(), json!({"users": null})),
    ]
}
