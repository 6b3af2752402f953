//! Properties that hold for every filter: nothing panics, and what is printed is read back as it was.

use proptest::prelude::*;
use riskgate_core::Timestamp;
use riskgate_model::{DirectoryAudit, GraphType, NamedLocation, SignIn, User};
use riskgate_odata::{
    At, Expression, Literal, LiteralValue, Operator, Path, Quantifier, bind_filter, parse_filter,
};
use serde_json::{Value as Json, json};

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("id".to_owned()),
        Just("displayName".to_owned()),
        Just("otherMails".to_owned()),
        Just("accountEnabled".to_owned()),
        Just("createdDateTime".to_owned()),
        Just("targetResources".to_owned()),
        Just("status".to_owned()),
        Just("errorCode".to_owned()),
        Just("riskLevelAggregated".to_owned()),
        Just("microsoft.graph.user".to_owned()),
        Just("x".to_owned()),
    ]
}

fn path() -> impl Strategy<Value = Path> {
    prop::collection::vec(name(), 1..4).prop_map(|segments| Path { segments, at: At(0) })
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(LiteralValue::Null),
        any::<bool>().prop_map(LiteralValue::Boolean),
        any::<i64>().prop_map(LiteralValue::Integer),
        any::<f64>().prop_filter("is finite", |d| d.is_finite()).prop_map(LiteralValue::Double),
        "[^\\p{Cc}]{0,8}".prop_map(LiteralValue::String),
        Just(LiteralValue::String("high".into())),
        (-62_000_000_000_000_000i64..253_000_000_000_000_000)
            .prop_map(|micros| LiteralValue::DateTime(Timestamp::from_micros(micros))),
        any::<u128>().prop_map(|bits| {
            let hex = format!("{bits:032x}");
            let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
            LiteralValue::Guid(parts.join("-"))
        }),
        (Just("microsoft.graph.riskLevel"), "[^\\p{Cc}]{0,8}")
            .prop_map(|(t, text)| LiteralValue::Typed { type_name: t.to_owned(), text }),
    ]
    .prop_map(|value| Literal { value, at: At(0) })
}

fn operator() -> impl Strategy<Value = Operator> {
    prop::sample::select(vec![
        Operator::Equal,
        Operator::NotEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Has,
    ])
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        literal().prop_map(Expression::Literal),
        path().prop_map(Expression::Path),
        path().prop_map(Expression::Count),
        path().prop_map(|collection| Expression::Lambda {
            collection,
            quantifier: Quantifier::Any,
            body: None
        }),
        (path(), operator(), literal()).prop_map(|(path, operator, literal)| Expression::Compare {
            left: Box::new(Expression::Path(path)),
            operator,
            right: Box::new(Expression::Literal(literal)),
            at: At(0),
        }),
    ];
    leaf.prop_recursive(4, 40, 3, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Or),
            boxed().prop_map(Expression::Not),
            (boxed(), operator(), boxed()).prop_map(|(left, operator, right)| Expression::Compare {
                left,
                operator,
                right,
                at: At(0)
            }),
            (boxed(), prop::collection::vec(literal(), 1..4)).prop_map(|(left, items)| Expression::In {
                left,
                items,
                at: At(0)
            }),
            (
                prop::sample::select(vec!["startswith", "endswith", "contains", "isof", "tolower"]),
                prop::collection::vec(inner.clone(), 0..3)
            )
                .prop_map(|(function, arguments)| Expression::Call {
                    function: function.to_owned(),
                    arguments,
                    at: At(0)
                }),
            (path(), any::<bool>(), boxed()).prop_map(|(collection, any, condition)| Expression::Lambda {
                collection,
                quantifier: if any { Quantifier::Any } else { Quantifier::All },
                body: Some(("x".to_owned(), condition)),
            }),
        ]
    })
}

/// Objects whose properties have the declared types, others and none.
fn documents() -> Vec<Json> {
    vec![
        json!({}),
        json!(null),
        json!([1, "a"]),
        json!({ "id": "1", "displayName": "Ada", "otherMails": ["a@b"], "accountEnabled": true,
            "createdDateTime": "2026-01-01T00:00:00Z", "status": { "errorCode": 1 },
            "targetResources": [{ "id": "x" }], "riskLevelAggregated": "high" }),
        json!({ "id": 1, "displayName": [], "otherMails": "a", "accountEnabled": "yes",
            "createdDateTime": 5, "status": [[{ "errorCode": {} }]], "targetResources": [[null, 3, "x"]],
            "riskLevelAggregated": null }),
    ]
}

proptest! {
    #[test]
    fn a_printed_filter_is_read_as_it_was(filter in expression()) {
        let text = filter.to_string();
        prop_assert_eq!(parse_filter(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn binding_and_evaluating_never_panics(filter in expression()) {
        for resource in [User::TYPE, SignIn::TYPE, DirectoryAudit::TYPE, NamedLocation::TYPE] {
            if let Ok(bound) = bind_filter(&filter, resource, &[User::TYPE]) {
                let opposite = riskgate_odata::Filter::Not(Box::new(bound.clone()));
                for document in documents() {
                    prop_assert_ne!(bound.matches(&document), opposite.matches(&document));
                }
            }
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,200}") {
        let _ = parse_filter(&text);
    }

    #[test]
    fn no_sequence_of_words_panics(words in prop::collection::vec(prop::sample::select(vec![
        "a", "/", "any", "all", "(", ")", "x", ":", "eq", "not", "and", "or", "in", ",", "'t'", "'", "1", "-", "null",
        "true", "$count", "2026-01-01T00:00:00Z", "microsoft.graph.user", "isof", "startswith", " ",
    ]), 0..60), spaced in any::<bool>()) {
        let text = words.join(if spaced { " " } else { "" });
        if let Ok(filter) = parse_filter(&text) {
            prop_assert_eq!(parse_filter(&filter.to_string()), Ok(filter.clone()));
            let _ = bind_filter(&filter, User::TYPE, &[]);
        }
    }
}
