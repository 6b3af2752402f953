//! Functions.

use riskgate_model::schema::Edm;

use super::Binder;
use crate::ast::{Expression, Literal, LiteralValue, Path};
use crate::error::{BindError, excerpt};
use crate::filter::{Filter, TextFunction};

/// Functions of OData 4.01 that are not supported, so that they are told apart from misspelt ones.
const OTHER_FUNCTIONS: &[&str] = &[
    "case",
    "cast",
    "ceiling",
    "concat",
    "date",
    "day",
    "floor",
    "fractionalseconds",
    "hassubset",
    "hassubsequence",
    "hour",
    "indexof",
    "length",
    "matchespattern",
    "maxdatetime",
    "mindatetime",
    "minute",
    "month",
    "now",
    "round",
    "second",
    "substring",
    "substringof",
    "time",
    "tolower",
    "totaloffsetminutes",
    "totalseconds",
    "toupper",
    "trim",
    "year",
];

impl Binder<'_> {
    /// A function that is true or false.
    pub(super) fn function(
        &self,
        function: &str,
        arguments: &[Expression],
        position: usize,
    ) -> Result<Filter, BindError> {
        match function {
            "startswith" => self.text_function(TextFunction::StartsWith, arguments, position),
            "endswith" => self.text_function(TextFunction::EndsWith, arguments, position),
            "contains" => self.text_function(TextFunction::Contains, arguments, position),
            "isof" => self.type_test(arguments, position),
            _ if OTHER_FUNCTIONS.contains(&function) => {
                const REASON: &str = "this function is not supported";
                Err(match arguments.iter().find_map(as_path) {
                    Some(path) => self.unsupported(path, REASON),
                    None => self.unsupported_term(function, REASON, position),
                })
            }
            _ => Err(BindError::UnknownFunction { function: excerpt(function), position }),
        }
    }

    fn text_function(
        &self,
        function: TextFunction,
        arguments: &[Expression],
        position: usize,
    ) -> Result<Filter, BindError> {
        let (path, text) = self.text_arguments(function, arguments, position)?;
        let bound = self.single(path)?;
        if !matches!(bound.property.edm, Edm::String) {
            return Err(self.unsupported(path, "only texts have a beginning, an end and parts"));
        }
        Ok(bound.within_cast(Filter::Text { path: bound.path.clone(), function, text: text.to_owned() }))
    }

    /// The path and the text a text function is called with.
    pub(super) fn text_arguments<'e>(
        &self,
        kind: TextFunction,
        arguments: &'e [Expression],
        position: usize,
    ) -> Result<(&'e Path, &'e str), BindError> {
        match arguments {
            [
                Expression::Path(path),
                Expression::Literal(Literal { value: LiteralValue::String(text), .. }),
            ] => Ok((path, text)),
            // `startswith(tolower(a),'b')`: what is wrong is the inner function.
            [Expression::Call { function, arguments, at }, _] => Err(self
                .function(function, arguments, at.0)
                .err()
                .unwrap_or(BindError::BadArguments { usage: usage(kind), position })),
            _ => Err(BindError::BadArguments { usage: usage(kind), position }),
        }
    }

    /// `isof('microsoft.graph.x')`, the type with or without quotes.
    fn type_test(&self, arguments: &[Expression], position: usize) -> Result<Filter, BindError> {
        let wrong = || BindError::BadArguments { usage: "isof('microsoft.graph.type')", position };
        let (name, at) = match arguments {
            [Expression::Literal(Literal { value: LiteralValue::String(name), at })] => (name, at.0),
            [Expression::Path(path)] => (path.segments.first().ok_or_else(wrong)?, path.at.0),
            [Expression::Path(path), _] => {
                return Err(self.unsupported(path, "'isof' can only be asked about the object itself"));
            }
            _ => return Err(wrong()),
        };
        self.derived_type(name, at).map(|wanted| self.is_of(wanted))
    }
}

fn as_path(argument: &Expression) -> Option<&Path> {
    match argument {
        Expression::Path(path) => Some(path),
        _ => None,
    }
}

fn usage(function: TextFunction) -> &'static str {
    match function {
        TextFunction::StartsWith => "startswith(property,'text')",
        TextFunction::EndsWith => "endswith(property,'text')",
        TextFunction::Contains => "contains(property,'text')",
    }
}
