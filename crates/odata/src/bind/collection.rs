//! Conditions on collections: `any` and `$count`.

use riskgate_model::schema::Edm;

use super::literal::typed_value;
use super::path::BoundPath;
use super::{Binder, negated};
use crate::ast::{Expression, Literal, LiteralValue, Operator, Path, Quantifier};
use crate::error::{BindError, excerpt};
use crate::filter::{Comparison, Filter, ItemTest, TextFunction, Value};

impl Binder<'_> {
    /// `path/$count eq 0` and `path/$count ne 0`.
    pub(super) fn count(
        &self,
        path: &Path,
        comparison: Comparison,
        literal: &Literal,
    ) -> Result<Filter, BindError> {
        let bound = self.collection(path)?;
        let is_empty = Filter::IsEmpty { path: bound.path.clone() };
        match (&literal.value, comparison) {
            (LiteralValue::Integer(0), Comparison::Equal) => Ok(bound.within_cast(is_empty)),
            (LiteralValue::Integer(0), Comparison::NotEqual) => Ok(bound.within_cast(negated(is_empty))),
            (LiteralValue::Integer(_), _) => {
                Err(self.unsupported(path, "'$count' can only be compared with 0, by 'eq' and 'ne'"))
            }
            (value, _) => Err(BindError::TypeMismatch {
                property: format!("{}/$count", excerpt(&path.to_string())),
                expected: "a whole number".to_owned(),
                found: value.kind().to_owned(),
                position: literal.at.0,
            }),
        }
    }

    /// `path/any(x: condition)`.
    pub(super) fn lambda(
        &self,
        path: &Path,
        quantifier: Quantifier,
        body: &Option<(String, Box<Expression>)>,
    ) -> Result<Filter, BindError> {
        let bound = self.collection(path)?;
        if quantifier == Quantifier::All {
            return Err(self.unsupported(path, "'all' is not supported, only 'any'"));
        }
        let condition = match body {
            Some((variable, condition)) => {
                Items { binder: self, written: path, bound: &bound, variable }.condition(condition)?
            }
            None => negated(Filter::IsEmpty { path: bound.path.clone() }),
        };
        Ok(bound.within_cast(condition))
    }

    fn collection(&self, path: &Path) -> Result<BoundPath, BindError> {
        let bound = self.path(path)?;
        if bound.property.is_collection {
            return Ok(bound);
        }
        Err(BindError::TypeMismatch {
            property: excerpt(&path.to_string()),
            expected: "one value".to_owned(),
            found: "'any', 'all' or '$count'".to_owned(),
            position: path.at.0,
        })
    }
}

/// The condition of a lambda on the items of a collection.
struct Items<'a> {
    binder: &'a Binder<'a>,
    written: &'a Path,
    bound: &'a BoundPath,
    variable: &'a str,
}

impl Items<'_> {
    /// What at least one item has to pass. Only `or` may join tests: some item passes a or b if and only if some item
    /// passes a or some item passes b. For `and` that would not hold.
    fn condition(&self, expression: &Expression) -> Result<Filter, BindError> {
        match expression {
            Expression::Or(items) => {
                items.iter().map(|item| self.condition(item)).collect::<Result<_, _>>().map(Filter::Or)
            }
            Expression::Compare { left, operator: Operator::Equal, right, .. } => self.equality(left, right),
            Expression::In { left, items, .. } => match left.as_ref() {
                Expression::Path(path) => {
                    items.iter().map(|item| self.equals(path, item)).collect::<Result<_, _>>().map(Filter::Or)
                }
                _ => Err(self.unsupported()),
            },
            Expression::Call { function, arguments, at } if function == "startswith" => {
                self.starts_with(arguments, at.0)
            }
            _ => Err(self.unsupported()),
        }
    }

    fn equality(&self, left: &Expression, right: &Expression) -> Result<Filter, BindError> {
        match (left, right) {
            (Expression::Path(path), Expression::Literal(literal))
            | (Expression::Literal(literal), Expression::Path(path)) => self.equals(path, literal),
            (condition, Expression::Literal(Literal { value: LiteralValue::Boolean(true), .. })) => {
                self.condition(condition)
            }
            _ => Err(self.unsupported()),
        }
    }

    fn equals(&self, path: &Path, literal: &Literal) -> Result<Filter, BindError> {
        let (item_path, edm) = self.item(path)?;
        if !matches!(edm, Edm::String | Edm::Guid | Edm::Enum(_)) {
            return Err(self.binder.unsupported(self.written, "only texts can be compared in 'any'"));
        }
        match typed_value(&path.to_string(), edm, literal)? {
            Value::String(text) => Ok(Filter::AnyItem { path: item_path, test: ItemTest::Equals(text) }),
            _ => Err(self.binder.unsupported(self.written, "items cannot be compared with null")),
        }
    }

    fn starts_with(&self, arguments: &[Expression], position: usize) -> Result<Filter, BindError> {
        let (path, text) = self.binder.text_arguments(TextFunction::StartsWith, arguments, position)?;
        let (item_path, edm) = self.item(path)?;
        if !matches!(edm, Edm::String) {
            return Err(self.binder.unsupported(self.written, "only texts have a beginning"));
        }
        Ok(Filter::AnyItem { path: item_path, test: ItemTest::StartsWith(text.to_owned()) })
    }

    /// Path and type of what the range variable, or a path behind it, stands for.
    fn item(&self, path: &Path) -> Result<(String, Edm), BindError> {
        match path.segments.split_first() {
            Some((first, rest)) if first == self.variable => self.item_part(rest, path),
            _ => Err(self
                .binder
                .unsupported(self.written, "only the items themselves can be compared in 'any'")),
        }
    }

    fn item_part(&self, names: &[String], path: &Path) -> Result<(String, Edm), BindError> {
        let own = &self.bound.property;
        match (own.edm, names) {
            (Edm::Complex(_), []) => Err(self
                .binder
                .unsupported(self.written, "items with properties are compared by one of them")),
            (edm, []) => Ok((self.bound.path.clone(), edm)),
            (Edm::Complex(inner), names) => {
                let (declared, property) = self.binder.follow(inner, names, path)?;
                if property.is_collection {
                    return Err(self
                        .binder
                        .unsupported(self.written, "collections of collections cannot be asked"));
                }
                Ok((format!("{}/{declared}", self.bound.path), property.edm))
            }
            (_, [first, ..]) => Err(BindError::UnknownProperty {
                property: excerpt(first),
                resource: self.binder.resource.name,
                position: path.at.0,
            }),
        }
    }

    fn unsupported(&self) -> BindError {
        self.binder.unsupported(
            self.written,
            "'any' can only test items by 'eq', 'in' and 'startswith', joined by 'or'",
        )
    }
}
