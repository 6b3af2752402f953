//! What a filter may look like, and what is said about one that may not.

use riskgate_odata::{
    Expression, MAX_FILTER_DEPTH, MAX_FILTER_LENGTH, MAX_FILTER_NODES, ParseProblem, parse_filter,
};

/// A filter printed with explicit parentheses, so that precedence shows.
fn printed(text: &str) -> String {
    parse_filter(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
}

fn problem(text: &str) -> (usize, ParseProblem) {
    let error = parse_filter(text).expect_err(text);
    (error.position, error.problem)
}

#[test]
fn every_form_that_graph_documents_is_read() {
    for text in [
        "userDisplayName eq 'MyTestUser1'",
        "riskLevel eq microsoft.graph.riskLevel'high'",
        "isof('microsoft.graph.ipNamedLocation')",
        "isof(microsoft.graph.ipNamedLocation)",
        "createdDateTime ge 2019-09-01T00:00:00Z",
        "microsoft.graph.countryNamedLocation/countriesAndRegions/any(c: c eq 'CA')",
        "targetResources/any(t: t/id eq 'x')",
        "proxyAddresses/any(p: startswith(p,'smtp:'))",
        "otherMails/any()",
        "otherMails/$count eq 0",
        "appRoleId eq 12345678-90ab-4cde-8f01-234567890abc",
        "displayName in ('a','b''c')",
        "status/errorCode eq -1",
        "location/geoCoordinates/latitude gt 48.5",
        "mail eq null",
        "accountEnabled",
        "not accountEnabled",
        "startswith(displayName,'a') eq true",
        "a has 'x'",
        "true",
    ] {
        assert_eq!(printed(text), text);
    }
}

#[test]
fn spaces_and_case_of_operators_do_not_matter() {
    for (text, same) in [
        ("  a\teq\n'b' ", "a eq 'b'"),
        ("a EQ 'b' And NOT(c Eq True)", "a eq 'b' and not (c eq true)"),
        ("startsWith( a , 'b' )", "startswith(a,'b')"),
        ("a in('b' , NULL)", "a in ('b',null)"),
        ("a/any(x:x eq 'b')", "a/any(x: x eq 'b')"),
        ("((a eq 1))", "a eq 1"),
        ("a/$COUNT ne 0", "a/$count ne 0"),
        ("at eq 2019-09-01", "at eq 2019-09-01T00:00:00Z"),
        ("at eq 2019-09-01T02:00:00.50+02:00", "at eq 2019-09-01T00:00:00.5Z"),
    ] {
        assert_eq!(printed(text), same);
    }
}

#[test]
fn operators_bind_as_strongly_as_odata_says() {
    for (text, same) in [
        ("a eq 1 or b eq 2 and c eq 3", "a eq 1 or (b eq 2 and c eq 3)"),
        ("a eq 1 and b eq 2 or c eq 3", "(a eq 1 and b eq 2) or c eq 3"),
        ("(a eq 1 or b eq 2) and c eq 3", "(a eq 1 or b eq 2) and c eq 3"),
        ("a eq 1 and b eq 2 and c eq 3", "a eq 1 and b eq 2 and c eq 3"),
        ("(a eq 1 and b eq 2) and c eq 3", "(a eq 1 and b eq 2) and c eq 3"),
        ("not a and b", "not a and b"),
        ("not a eq true", "(not a) eq true"),
        ("a gt 1 eq true", "(a gt 1) eq true"),
        ("true eq a gt 1", "true eq (a gt 1)"),
        ("a eq b eq c", "(a eq b) eq c"),
        ("a in (1) eq false", "(a in (1)) eq false"),
    ] {
        assert_eq!(printed(text), same, "{text}");
    }
    assert!(matches!(parse_filter("a and b and c"), Ok(Expression::And(items)) if items.len() == 3));
}

#[test]
fn errors_say_what_is_wrong_and_where() {
    for (text, position, message) in [
        ("", 0, "expected a condition but found the end"),
        ("a eq", 4, "expected a condition but found the end"),
        ("a eq 'b' and", 12, "expected a condition but found the end"),
        ("a eq 'b", 5, "unterminated text; a quote inside a text is written twice"),
        ("a equals 'b'", 2, "'equals' is no operator"),
        ("a 'b'", 2, "expected an operator or the end but found a text"),
        ("(a eq 1", 7, "expected ')' but found the end"),
        ("a eq 1)", 6, "expected an operator or the end but found ')'"),
        ("a eq \"b\"", 5, "unexpected character '\"'"),
        ("a in ()", 6, "expected a literal but found ')'"),
        ("a in (b)", 6, "expected a literal but found 'b'"),
        ("a in 'b'", 5, "expected '(' after 'in' but found a text"),
        ("f(a,'b'", 7, "expected ',' or ')' but found the end"),
        // `eq` is a property name here, after which `1` is no operator.
        ("a/ eq 1", 6, "expected an operator or the end but found a number"),
        ("a/'b'", 2, "expected a property name after '/' but found a text"),
        ("a/any(x eq 1)", 8, "expected ':' after the range variable but found 'eq'"),
        ("a/all()", 6, "expected a range variable but found ')'"),
        ("a/each(x: x eq 1)", 6, "expected 'any' or 'all' before '(' but found '('"),
        ("a eq 12x", 5, "'12x' is no number, date-time or GUID"),
        ("eq eq eq eq", 11, "expected a condition but found the end"),
    ] {
        let (found, problem) = problem(text);
        assert_eq!((found, problem.to_string().as_str()), (position, message), "{text}");
    }
}

#[test]
fn length_depth_and_number_of_parts_are_limited() {
    let nested = |levels: usize| format!("{}a{}", "(".repeat(levels), ")".repeat(levels));
    assert!(parse_filter(&nested(MAX_FILTER_DEPTH)).is_ok());
    assert_eq!(problem(&nested(MAX_FILTER_DEPTH + 1)).1, ParseProblem::TooDeep);
    assert_eq!(problem(&"not ".repeat(1000)).1, ParseProblem::TooDeep);
    assert_eq!(problem(&"a(".repeat(1000)).1, ParseProblem::TooDeep);
    assert_eq!(problem(&"a/any(x:".repeat(1000)).1, ParseProblem::TooDeep);
    assert_eq!(problem(&format!("a{}", " eq a".repeat(100))).1, ParseProblem::TooDeep);

    let alternatives = |count: usize| vec!["a"; count].join(" or ");
    assert!(parse_filter(&alternatives(MAX_FILTER_NODES / 2)).is_ok());
    assert_eq!(problem(&alternatives(MAX_FILTER_NODES / 2 + 1)).1, ParseProblem::TooManyParts);
    let list = format!("a in ({})", vec!["1"; MAX_FILTER_NODES].join(","));
    assert_eq!(problem(&list).1, ParseProblem::TooManyParts);

    let text = |length: usize| format!("'{}'", "a".repeat(length - 2));
    assert!(parse_filter(&text(MAX_FILTER_LENGTH)).is_ok());
    assert_eq!(problem(&text(MAX_FILTER_LENGTH + 1)), (MAX_FILTER_LENGTH, ParseProblem::TooLong));
}
