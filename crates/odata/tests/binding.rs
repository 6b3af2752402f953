//! Filters checked against the declared resources.

use riskgate_model::schema::StructuredType;
use riskgate_model::{
    Application, ConditionalAccessPolicy, CountryNamedLocation, DirectoryAudit, DirectoryObject, GraphType,
    Group, IpNamedLocation, NamedLocation, RiskDetection, RiskyUser, SignIn, User,
};
use riskgate_odata::{
    BindError, Comparison, Filter, FilterError, ItemTest, TextFunction, Value, read_filter,
};
use serde_json::json;

fn bound(resource: &'static StructuredType, text: &str) -> Filter {
    read_filter(text, resource, &[]).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn error(resource: &'static StructuredType, text: &str) -> BindError {
    match read_filter(text, resource, &[]) {
        Err(FilterError::Bind(error)) => error,
        other => panic!("{text}: {other:?}"),
    }
}

/// Property and resource of an unsupported filter.
fn unsupported(resource: &'static StructuredType, text: &str) -> Option<(String, &'static str)> {
    let error = read_filter(text, resource, &[]).expect_err(text);
    error.unsupported().map(|(property, resource)| (property.to_owned(), resource))
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

fn any_equals(path: &str, text: &str) -> Filter {
    Filter::AnyItem { path: path.into(), test: ItemTest::Equals(text.into()) }
}

const LOCATIONS: &[&StructuredType] = &[IpNamedLocation::TYPE, CountryNamedLocation::TYPE];

#[test]
fn comparisons_take_the_type_of_the_property() {
    let moment = "2019-09-01T00:00:00Z".parse::<riskgate_core::Timestamp>().unwrap();
    for (resource, text, filter) in [
        (
            RiskDetection::TYPE,
            "userDisplayName eq 'MyTestUser1'",
            Filter::equals("userDisplayName", "MyTestUser1"),
        ),
        (RiskDetection::TYPE, "userdisplayname eq 'x'", Filter::equals("userDisplayName", "x")),
        (RiskDetection::TYPE, "riskLevel eq 'HIGH'", Filter::equals("riskLevel", "high")),
        (
            RiskDetection::TYPE,
            "riskLevel eq microsoft.graph.riskLevel'high'",
            Filter::equals("riskLevel", "high"),
        ),
        (RiskyUser::TYPE, "riskLevel in ('medium','high')", Filter::one_of("riskLevel", ["medium", "high"])),
        (
            NamedLocation::TYPE,
            "createdDateTime ge 2019-09-01T00:00:00Z",
            Filter::compare("createdDateTime", Comparison::GreaterOrEqual, moment),
        ),
        (SignIn::TYPE, "status/errorCode ne 0", Filter::compare("status/errorCode", Comparison::NotEqual, 0)),
        (
            SignIn::TYPE,
            "location/geoCoordinates/latitude lt 48",
            Filter::compare("location/geoCoordinates/latitude", Comparison::Less, Value::Double(48.0)),
        ),
        (SignIn::TYPE, "location eq null", Filter::equals("location", Value::Null)),
        (User::TYPE, "accountEnabled eq false", Filter::equals("accountEnabled", false)),
        (User::TYPE, "accountEnabled", Filter::equals("accountEnabled", true)),
        (User::TYPE, "not accountEnabled", not(Filter::equals("accountEnabled", true))),
        (User::TYPE, "mail ne null", Filter::compare("mail", Comparison::NotEqual, Value::Null)),
        (User::TYPE, "'m' lt displayName", Filter::compare("displayName", Comparison::Greater, "m")),
        (
            User::TYPE,
            "id eq 12345678-90ab-4cde-8f01-234567890abc",
            Filter::equals("id", "12345678-90ab-4cde-8f01-234567890abc"),
        ),
        (ConditionalAccessPolicy::TYPE, "state eq 'enabled'", Filter::equals("state", "enabled")),
        (DirectoryAudit::TYPE, "initiatedBy/user/id eq 'a'", Filter::equals("initiatedBy/user/id", "a")),
        (User::TYPE, "true", Filter::Constant(true)),
    ] {
        assert_eq!(bound(resource, text), filter, "{text}");
    }
}

#[test]
fn conditions_are_joined_and_negated() {
    let (ada, bob) = (Filter::equals("displayName", "ada"), Filter::equals("displayName", "bob"));
    let starts =
        Filter::Text { path: "displayName".into(), function: TextFunction::StartsWith, text: "ad".into() };
    for (text, filter) in [
        ("displayName eq 'ada' or displayName eq 'bob'", Filter::Or(vec![ada.clone(), bob.clone()])),
        ("displayName eq 'ada' and not(displayName eq 'bob')", Filter::And(vec![ada.clone(), not(bob)])),
        ("startsWith(displayName,'ad')", starts.clone()),
        ("startswith(displayName,'ad') eq true", starts.clone()),
        ("startswith(displayName,'ad') eq false", not(starts.clone())),
        ("true ne startswith(displayName,'ad')", not(starts.clone())),
        ("(displayName eq 'ada') eq true", ada),
        ("not startswith(displayName,'ad')", not(starts)),
    ] {
        assert_eq!(bound(User::TYPE, text), filter, "{text}");
    }
    for (text, function) in
        [("endsWith(mail,'@x')", TextFunction::EndsWith), ("contains(mail,'@x')", TextFunction::Contains)]
    {
        assert_eq!(
            bound(User::TYPE, text),
            Filter::Text { path: "mail".into(), function, text: "@x".into() }
        );
    }
}

#[test]
fn collections_are_asked_by_any_and_count() {
    let starts = Filter::AnyItem { path: "otherMails".into(), test: ItemTest::StartsWith("a".into()) };
    let empty = Filter::IsEmpty { path: "otherMails".into() };
    for (resource, text, filter) in [
        (User::TYPE, "otherMails/any(m: m eq 'a@b')", any_equals("otherMails", "a@b")),
        (User::TYPE, "otherMails/any(m: startswith(m,'a'))", starts.clone()),
        (User::TYPE, "otherMails/any(m: startswith(m,'a') eq true)", starts),
        (
            User::TYPE,
            "othermails/any(m: m eq 'a' or 'b' eq m)",
            Filter::Or(vec![any_equals("otherMails", "a"), any_equals("otherMails", "b")]),
        ),
        (
            User::TYPE,
            "otherMails/any(m: m in ('a','b'))",
            Filter::Or(vec![any_equals("otherMails", "a"), any_equals("otherMails", "b")]),
        ),
        (User::TYPE, "otherMails/any()", not(empty.clone())),
        (User::TYPE, "otherMails/$count eq 0", empty.clone()),
        (User::TYPE, "otherMails/$count ne 0", not(empty.clone())),
        (User::TYPE, "0 eq otherMails/$count", empty),
        (Group::TYPE, "not groupTypes/any(c:c eq 'Unified')", not(any_equals("groupTypes", "Unified"))),
        (DirectoryAudit::TYPE, "targetResources/any(t: t/ID eq 'x')", any_equals("targetResources/id", "x")),
        (
            SignIn::TYPE,
            "riskEventTypes/any(r: r eq 'UNLIKELYTRAVEL')",
            any_equals("riskEventTypes", "unlikelyTravel"),
        ),
    ] {
        assert_eq!(bound(resource, text), filter, "{text}");
    }
}

#[test]
fn types_are_told_apart_by_their_annotation() {
    let read = |text: &str| read_filter(text, NamedLocation::TYPE, LOCATIONS);
    let country = Filter::equals("@odata.type", "#microsoft.graph.countryNamedLocation");
    assert_eq!(read("isof('microsoft.graph.countryNamedLocation')"), Ok(country.clone()));
    assert_eq!(read("isof(Microsoft.Graph.CountryNamedLocation)"), Ok(country.clone()));
    assert_eq!(read("not isof('microsoft.graph.countryNamedLocation')"), Ok(not(country.clone())));
    assert_eq!(read("isof('microsoft.graph.namedLocation')"), Ok(Filter::Constant(true)));
    assert_eq!(
        read("microsoft.graph.countryNamedLocation/countriesAndRegions/any(c: c eq 'CA')"),
        Ok(Filter::And(vec![country, any_equals("countriesAndRegions", "CA")]))
    );
    assert_eq!(
        read("microsoft.graph.namedLocation/displayName eq 'a'"),
        Ok(Filter::equals("displayName", "a")),
        "a cast to the declared type says nothing"
    );
    assert_eq!(
        read_filter("isof('microsoft.graph.directoryObject')", DirectoryObject::TYPE, &[User::TYPE]),
        Ok(Filter::Constant(true))
    );
}

#[test]
fn a_cast_keeps_objects_of_other_types_out() {
    let filter =
        read_filter("microsoft.graph.ipNamedLocation/isTrusted ne true", NamedLocation::TYPE, LOCATIONS)
            .unwrap();
    assert!(
        filter.matches(&json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "isTrusted": false }))
    );
    assert!(
        !filter.matches(&json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "isTrusted": true }))
    );
    assert!(!filter.matches(&json!({ "@odata.type": "#microsoft.graph.countryNamedLocation" })));
}

#[test]
fn what_the_schema_does_not_have_is_an_invalid_clause() {
    use BindError as E;
    type Check = fn(&BindError) -> bool;
    let cases: &[(&'static StructuredType, &str, usize, Check)] = &[
        (User::TYPE, "nope eq 'a'", 0, |e| matches!(e, E::UnknownProperty { .. })),
        (User::TYPE, "mail/part eq 'a'", 0, |e| matches!(e, E::UnknownProperty { .. })),
        (User::TYPE, "otherMails/any(m: m/id eq 'a')", 18, |e| matches!(e, E::UnknownProperty { .. })),
        (User::TYPE, "accountEnabled eq 'true'", 18, |e| matches!(e, E::TypeMismatch { .. })),
        (User::TYPE, "createdDateTime ge '2019-09-01T00:00:00Z'", 19, |e| {
            matches!(e, E::TypeMismatch { .. })
        }),
        (User::TYPE, "displayName eq 5", 15, |e| matches!(e, E::TypeMismatch { .. })),
        (User::TYPE, "displayName in ('a',5)", 20, |e| matches!(e, E::TypeMismatch { .. })),
        (User::TYPE, "displayName/any(d: d eq 'a')", 0, |e| matches!(e, E::TypeMismatch { .. })),
        (User::TYPE, "otherMails/$count eq '0'", 21, |e| matches!(e, E::TypeMismatch { .. })),
        (SignIn::TYPE, "status/errorCode eq 1.5", 20, |e| matches!(e, E::TypeMismatch { .. })),
        (SignIn::TYPE, "riskState eq microsoft.graph.riskLevel'high'", 13, |e| {
            matches!(e, E::TypeMismatch { .. })
        }),
        (RiskDetection::TYPE, "riskLevel eq 'huge'", 13, |e| matches!(e, E::UnknownMember { .. })),
        (User::TYPE, "displayName", 0, |e| matches!(e, E::NotACondition { .. })),
        (User::TYPE, "not displayName eq 'a'", 4, |e| matches!(e, E::NotACondition { .. })),
        (User::TYPE, "startswith(mail,'a') eq 'true'", 24, |e| matches!(e, E::TypeMismatch { .. })),
        (User::TYPE, "'a'", 0, |e| matches!(e, E::NotACondition { .. })),
        (User::TYPE, "otherMails/$count", 0, |e| matches!(e, E::NotACondition { .. })),
        (User::TYPE, "startsWidth(mail,'a')", 0, |e| matches!(e, E::UnknownFunction { .. })),
        (User::TYPE, "startswith(mail)", 0, |e| matches!(e, E::BadArguments { .. })),
        (User::TYPE, "startswith(mail,5)", 0, |e| matches!(e, E::BadArguments { .. })),
        (User::TYPE, "isof('microsoft.graph.group')", 5, |e| matches!(e, E::UnknownType { .. })),
        (User::TYPE, "isof('user')", 5, |e| matches!(e, E::UnknownType { .. })),
        (User::TYPE, "microsoft.graph.group/mail eq 'a'", 0, |e| matches!(e, E::UnknownType { .. })),
    ];
    for (resource, text, position, check) in cases {
        let error = error(resource, text);
        assert!(check(&error), "{text}: {error:?}");
        assert!(error.to_string().contains(&format!("at position {position}")), "{text}: {error}");
    }
}

#[test]
fn what_is_valid_but_not_supported_names_property_and_resource() {
    let on = |property: &str, resource| Some((property.to_owned(), resource));
    for (resource, text, expected) in [
        (User::TYPE, "otherMails eq 'a'", on("otherMails", "user")),
        (User::TYPE, "otherMails/all(m: m eq 'a')", on("otherMails", "user")),
        (User::TYPE, "otherMails/any(m: m ne 'a')", on("otherMails", "user")),
        (User::TYPE, "otherMails/any(m: endswith(m,'a'))", on("otherMails", "user")),
        (User::TYPE, "otherMails/any(m: m eq 'a' and m eq 'b')", on("otherMails", "user")),
        (User::TYPE, "otherMails/any(m: m eq null)", on("otherMails", "user")),
        (User::TYPE, "otherMails/any(m: displayName eq 'a')", on("otherMails", "user")),
        (User::TYPE, "otherMails/$count gt 1", on("otherMails", "user")),
        (User::TYPE, "displayName gt null", on("displayName", "user")),
        (User::TYPE, "accountEnabled gt false", on("accountEnabled", "user")),
        (User::TYPE, "displayName eq mail", on("displayName", "user")),
        (User::TYPE, "tolower(displayName) eq 'a'", on("displayName", "user")),
        (User::TYPE, "length(displayName) gt 3", on("displayName", "user")),
        (User::TYPE, "startswith(tolower(mail),'a')", on("mail", "user")),
        (User::TYPE, "now() gt 2026-01-01", on("now", "user")),
        (User::TYPE, "displayName has 'a'", on("displayName", "user")),
        (RiskDetection::TYPE, "riskLevel ge 'medium'", on("riskLevel", "riskDetection")),
        (RiskDetection::TYPE, "startswith(riskLevel,'h')", on("riskLevel", "riskDetection")),
        (
            SignIn::TYPE,
            "appliedConditionalAccessPolicies/any(p: p/id eq 'a')",
            on("appliedConditionalAccessPolicies", "signIn"),
        ),
        (DirectoryAudit::TYPE, "targetResources/id eq 'a'", on("targetResources/id", "directoryAudit")),
        (DirectoryAudit::TYPE, "targetResources/any(t: t eq 'a')", on("targetResources", "directoryAudit")),
        (
            DirectoryAudit::TYPE,
            "targetResources/any(t: t/modifiedProperties/any(m: m/displayName eq 'a'))",
            on("targetResources", "directoryAudit"),
        ),
        (
            ConditionalAccessPolicy::TYPE,
            "conditions/users eq null",
            on("conditions/users", "conditionalAccessPolicy"),
        ),
    ] {
        assert_eq!(unsupported(resource, text), expected, "{text}");
    }
}

#[test]
fn every_declared_property_that_can_be_filtered_binds() {
    use riskgate_model::schema::Edm;
    for resource in [User::TYPE, SignIn::TYPE, RiskDetection::TYPE, RiskyUser::TYPE, Application::TYPE] {
        for property in resource.all_properties().into_iter().filter(|p| p.filterable) {
            let text = match (property.is_collection, property.edm) {
                (true, _) => format!("{}/$count eq 0", property.name),
                (false, Edm::Enum(e)) if e.is_flags => continue,
                (false, _) => format!("{} eq null", property.name),
            };
            let filter = bound(resource, &text);
            assert!(filter.matches(&json!({})), "{text}");
        }
    }
}
