//! §3.4: filters for applications by custom security attributes.

use riskgate_model::{SecurityAttributeFact, SecurityAttributeFacts, SignInFacts, UserAction};
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

pub fn attributes() -> SecurityAttributeFacts {
    let texts = ["Atlas", "Two"].map(str::to_owned).to_vec();
    [
        ("team_project".to_owned(), SecurityAttributeFact::Text("Atlas Two".to_owned())),
        ("team_tags".to_owned(), SecurityAttributeFact::Texts(texts)),
    ]
    .into()
}

/// A request for an application with [`attributes`].
fn tagged() -> SignInFacts {
    facts_with(|f| f.application.resource_attributes = [(APP.to_owned(), attributes())].into())
}

/// A request for an application without any.
fn untagged() -> SignInFacts {
    facts_with(|f| f.application.resource_attributes = [(APP.to_owned(), [].into())].into())
}

/// A request for both.
fn several() -> SignInFacts {
    facts_with(|f| {
        f.application.resource_app_ids = [APP, OTHER_APP].map(str::to_owned).into();
        f.application.resource_attributes =
            [(APP.to_owned(), attributes()), (OTHER_APP.to_owned(), [].into())].into();
    })
}

fn filter(mode: &str, rule: &str, include: &[&str], exclude: &[&str]) -> Value {
    let rule = rule.replace(':', "CustomSecurityAttribute.Team_");
    json!({"applications": {"includeApplications": include, "excludeApplications": exclude,
        "applicationFilter": {"mode": mode, "rule": rule}}})
}

fn include(rule: &str) -> Value {
    filter("include", rule, &[], &[])
}

fn exclude(rule: &str) -> Value {
    filter("exclude", rule, &["All"], &[])
}

fn operators() -> Vec<Case> {
    vec![
        applies("§3.4 -eq", tagged(), include(r#":Project -eq "atlas two""#)),
        passes_over("§3.4 -eq of a part", tagged(), include(r#":Project -eq "Atlas""#)),
        applies("§3.4 Names in any case", tagged(), include(r#":PROJECT -contains "Atlas""#)),
        applies("§3.4 -startsWith", tagged(), include(r#":Project -startsWith "Atlas""#)),
        passes_over("§3.4 -notEndsWith", tagged(), include(r#":Project -notEndsWith "Two""#)),
        applies("§3.4 -in", tagged(), include(r#":Project -in ["x", "Atlas Two"]"#)),
        applies("§3.4 -contains of a collection", tagged(), include(r#":Tags -contains "two""#)),
        passes_over("§3.4 Of a collection it is a whole item", tagged(), include(r#":Tags -contains "Tw""#)),
        passes_over("§3.4 -notContains", tagged(), include(r#":Tags -notContains "Two""#)),
        applies("§3.4 One item is enough for -eq", tagged(), include(r#":Tags -eq "Two""#)),
        applies("§3.4 -and", tagged(), include(r#":Tags -contains "Two" -and :Project -ne "x""#)),
        passes_over("§3.4 Null: no positive operator", untagged(), include(r#":Project -contains "a""#)),
        applies("§3.4 Null: every negative one", untagged(), include(r#":Project -ne "a""#)),
    ]
}

fn modes() -> Vec<Case> {
    let atlas = r#":Tags -contains "Atlas""#;
    vec![
        applies("§3.4 Mode exclude: what does not match", untagged(), exclude(atlas)),
        passes_over("§3.4 Mode exclude: what matches", tagged(), exclude(atlas)),
        passes_over(
            "§3.4 Mode exclude: excluded outweighs named",
            tagged(),
            filter("exclude", atlas, &[APP], &[]),
        ),
        applies(
            "§3.4 Mode include: beside what is listed",
            untagged(),
            filter("include", atlas, &[APP], &[]),
        ),
        applies(
            "§3.4 Mode include: listed or matching",
            tagged(),
            filter("include", atlas, &[OTHER_APP], &[]),
        ),
        passes_over("§3.4 An excluded id outweighs it", tagged(), filter("include", atlas, &[], &[APP])),
        applies("§3.4 One of several resources is enough", several(), include(atlas)),
        applies("§3.4 One that is not excluded is enough", several(), exclude(atlas)),
        passes_over("§3.4 None of several", several(), include(r#":Project -eq "x""#)),
    ]
}

fn unknown() -> Vec<Case> {
    let rule = r#":Project -eq "x""#;
    let nowhere = || facts_with(|f| f.application.resource_app_ids.clear());
    let registers =
        || facts_with(|f| f.application.user_action = Some(UserAction::RegisterSecurityInformation));
    vec![
        applies("§3.2 Attributes that are not known are included", facts(), include(rule)),
        applies("§3.2 And not excluded", facts(), exclude(r#":Project -ne "x""#)),
        applies("§3.2 A rule nobody can read includes", tagged(), include("?")),
        applies("§3.2 And does not exclude", tagged(), exclude("?")),
        passes_over("§3.4 The directory itself is no application", nowhere(), include(r#":Project -ne "x""#)),
        applies(
            "§3.4 All is the directory too, whatever is excluded",
            nowhere(),
            exclude(r#":Project -ne "x""#),
        ),
        passes_over("§3.4 A user action is no application", registers(), include(r#":Project -ne "x""#)),
        applies("§3.4 All is every action", registers(), exclude(r#":Project -ne "x""#)),
    ]
}

pub fn cases() -> Vec<Case> {
    [operators(), modes(), unknown()].into_iter().flatten().collect()
}
