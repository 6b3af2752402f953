use proptest::prelude::*;
use riskgate_model::{
    CountryNamedLocation, GraphType, IpNamedLocation, NamedLocation, RiskDetection, SignIn, User,
};

use super::*;
use crate::filter::Value;
use crate::order::ValueKind;

fn rules(resource: &'static StructuredType) -> OptionRules<'static> {
    OptionRules { resource, derived: &[], max_top: 999 }
}

fn read(query: &str) -> QueryOptions {
    parse_options(query, &rules(User::TYPE)).unwrap()
}

fn error(query: &str) -> OptionError {
    parse_options(query, &rules(User::TYPE)).unwrap_err()
}

#[test]
fn names_and_values_may_be_encoded_and_in_any_case() {
    let expected = Filter::equals("displayName", "Ada O'Neil");
    for query in [
        "$filter=displayName eq 'Ada O''Neil'",
        "%24filter=displayName%20eq%20%27Ada%20O%27%27Neil%27",
        "filter=displayName+eq+'Ada+O''Neil'",
        "&$FILTER=DisplayName%20EQ%20'Ada O''Neil'&",
    ] {
        assert_eq!(read(query).filter, Some(expected.clone()), "{query}");
    }
    assert_eq!(
        read("%24top=5&$skip=10&$count=True"),
        QueryOptions { top: Some(5), skip: Some(10), count: true, ..QueryOptions::default() }
    );
    assert_eq!(read(""), QueryOptions::default());
}

#[test]
fn what_is_not_known_is_handed_on() {
    let options = read(
        "$search=%22displayName:ada%22&$expand=manager&$apply=x&api-version=1&flag&$format=application/json;x",
    );
    assert_eq!(options.search.as_deref(), Some("\"displayName:ada\""));
    assert_eq!(options.expand.as_deref(), Some("manager"));
    let unknown: Vec<_> =
        options.unknown.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(unknown, [("$apply", "x"), ("api-version", "1"), ("flag", "")]);
}

#[test]
fn an_option_may_stand_there_once() {
    assert_eq!(error("$top=1&%24Top=2"), OptionError::Duplicate { option: "$top" });
    assert_eq!(
        error("$filter=accountEnabled eq true&filter=accountEnabled eq true"),
        OptionError::Duplicate { option: "$filter" }
    );
}

#[test]
fn numbers_are_bounded() {
    assert_eq!(read("$top=1").top, Some(1));
    assert_eq!(read("$top=999").top, Some(999));
    for value in ["0", "1000", "-1", "+1", "1.0", "ten", "", "99999999999999999999"] {
        let query = format!("$top={}", value.replace('+', "%2B"));
        assert_eq!(error(&query), OptionError::PageSize { given: value.to_owned(), max: 999 }, "{value}");
    }
    assert_eq!(read("$skip=0").skip, Some(0));
    for value in ["-1", "2147483648", "x"] {
        assert!(
            matches!(error(&format!("$skip={value}")), OptionError::Invalid { option: "$skip", .. }),
            "{value}"
        );
    }
    assert!(matches!(error("$count=1"), OptionError::Invalid { option: "$count", .. }));
    assert!(matches!(error("$format=xml"), OptionError::Invalid { option: "$format", .. }));
}

#[test]
fn encoding_that_is_cut_off_or_not_utf_8_is_refused() {
    for query in ["$search=%", "$search=%2", "$search=%zz", "$search=%ff", "%=1", "x=%e2%82"] {
        assert!(matches!(error(query), OptionError::Encoding(_)), "{query}");
    }
    assert!(matches!(error("$search=a%00b"), OptionError::Invalid { option: "$search", .. }));
    assert_eq!(error(&format!("$search={}", "a".repeat(MAX_QUERY_LENGTH))), OptionError::TooLong);
}

#[test]
fn a_selection_is_bound_to_the_type() {
    let selection = read("$select=id, DisplayName,otherMails,displayName").select.unwrap();
    assert_eq!(selection, Selection { all: false, names: vec!["id", "displayName", "otherMails"] });
    assert_eq!(read("$select=*").select.unwrap(), Selection { all: true, names: vec![] });
    assert_eq!(
        error("$select=nope"),
        OptionError::UnknownProperty { option: "$select", property: "nope".into(), resource: "user" }
    );
    assert_eq!(
        error("$select=passwordProfile/password").unsupported(),
        Some(("passwordProfile/password", "user"))
    );
    for query in ["$select=", "$select=id,", "$select=,"] {
        assert!(matches!(error(query), OptionError::Invalid { option: "$select", .. }), "{query}");
    }
}

#[test]
fn a_selection_may_name_properties_of_derived_types() {
    let rules = OptionRules {
        resource: NamedLocation::TYPE,
        derived: &[IpNamedLocation::TYPE, CountryNamedLocation::TYPE],
        max_top: 100,
    };
    let names = |query: &str| parse_options(query, &rules).map(|options| options.select.unwrap().names);
    assert_eq!(
        names("$select=displayName,microsoft.graph.ipNamedLocation/isTrusted"),
        Ok(vec!["displayName", "isTrusted"])
    );
    assert!(matches!(names("$select=isTrusted"), Err(OptionError::UnknownProperty { .. })));
    assert!(matches!(names("$select=microsoft.graph.user/mail"), Err(OptionError::UnknownProperty { .. })));
    let filter = parse_options("$filter=isof('microsoft.graph.ipNamedLocation')", &rules).unwrap().filter;
    assert_eq!(filter, Some(Filter::equals("@odata.type", "#microsoft.graph.ipNamedLocation")));
}

#[test]
fn an_order_is_bound_to_what_can_be_sorted() {
    let order = |query: &str| parse_options(query, &rules(SignIn::TYPE)).map(|options| options.orderby);
    let part =
        |path: &str, descending: bool, kind: ValueKind| OrderBy { path: path.into(), descending, kind };
    assert_eq!(
        order("$orderBy=createdDateTime desc, status/errorCode ASC,location/City,isInteractive"),
        Ok(vec![
            part("createdDateTime", true, ValueKind::Time),
            part("status/errorCode", false, ValueKind::Integer),
            part("location/city", false, ValueKind::Text),
            part("isInteractive", false, ValueKind::Boolean),
        ])
    );
    assert_eq!(
        order("$orderby=riskEventTypes_v2").unwrap_err().unsupported(),
        Some(("riskEventTypes_v2", "signIn"))
    );
    assert_eq!(order("$orderby=deviceDetail").unwrap_err().unsupported(), Some(("deviceDetail", "signIn")));
    assert!(matches!(order("$orderby=nope"), Err(OptionError::UnknownProperty { .. })));
    assert!(matches!(order("$orderby=userId/part"), Err(OptionError::UnknownProperty { .. })));
    for query in ["", "userId up", "userId asc desc", "userId,", "userId,userid desc", "/"] {
        assert!(order(&format!("$orderby={query}")).is_err(), "{query}");
    }
}

#[test]
fn a_skiptoken_is_read_or_refused() {
    let token = SkipToken { values: vec![Value::from("ada")], id: "7".into() };
    assert_eq!(read(&format!("$skiptoken={}", token.encode())).skiptoken, Some(token));
    assert!(matches!(error("$skiptoken=abc"), OptionError::SkipToken(_)));
}

#[test]
fn a_wrong_filter_says_whether_it_is_wrong_or_not_supported() {
    assert_eq!(error("$filter=accountEnabled eq 'true'").unsupported(), None);
    assert_eq!(error("$filter=otherMails eq 'a'").unsupported(), Some(("otherMails", "user")));
}

proptest! {
    #[test]
    fn no_query_string_panics(query in r"[$%&=+,'/()a-z0-9 é\x00-\x1f]{0,80}", name in "[$a-z%]{0,12}") {
        let _ = parse_options(&query, &rules(RiskDetection::TYPE));
        let _ = parse_options(&format!("{name}={query}"), &rules(RiskDetection::TYPE));
        for option in KNOWN {
            let _ = parse_options(&format!("{option}={query}"), &rules(RiskDetection::TYPE));
        }
    }
}
