//! Checks a filter against the schema.

mod collection;
mod comparison;
mod function;
mod literal;
pub(crate) mod path;

use riskgate_model::schema::{Edm, StructuredType};

use crate::ast::{Expression, Literal, LiteralValue, Path};
use crate::error::{BindError, FilterError, excerpt};
use crate::filter::Filter;
use crate::parse::parse_filter;

/// Checks a filter against the type of the objects it is for. `derived` are the types such an object can have besides
/// `resource` itself; `isof` and casts may name them. Property names match in any case and come out as declared.
///
/// A condition behind a cast (`microsoft.graph.x/p ne 1`) never holds for an object of another type.
///
/// # Errors
/// [`BindError`] with the place, for what the schema does not have and what is not supported.
pub fn bind_filter(
    expression: &Expression,
    resource: &'static StructuredType,
    derived: &[&'static StructuredType],
) -> Result<Filter, BindError> {
    Binder { resource, derived }.condition(expression)
}

/// [`parse_filter`] and [`bind_filter`] in one.
///
/// # Errors
/// [`FilterError`] of either.
pub fn read_filter(
    text: &str,
    resource: &'static StructuredType,
    derived: &[&'static StructuredType],
) -> Result<Filter, FilterError> {
    Ok(bind_filter(&parse_filter(text)?, resource, derived)?)
}

pub(crate) struct Binder<'a> {
    pub(crate) resource: &'static StructuredType,
    pub(crate) derived: &'a [&'static StructuredType],
}

impl Binder<'_> {
    /// An expression that is true or false. Recursion is bounded by the depth the parser allows.
    fn condition(&self, expression: &Expression) -> Result<Filter, BindError> {
        match expression {
            Expression::Literal(Literal { value: LiteralValue::Boolean(value), .. }) => {
                Ok(Filter::Constant(*value))
            }
            Expression::Literal(literal) => Err(BindError::NotACondition {
                found: literal.value.kind().to_owned(),
                position: literal.at.0,
            }),
            Expression::Path(path) => self.boolean_property(path),
            Expression::And(items) => self.conditions(items).map(Filter::And),
            Expression::Or(items) => self.conditions(items).map(Filter::Or),
            Expression::Not(inner) => Ok(negated(self.condition(inner)?)),
            Expression::Compare { left, operator, right, at } => {
                self.comparison(left, *operator, right, at.0)
            }
            Expression::In { left, items, at } => self.membership(left, items, at.0),
            Expression::Call { function, arguments, at } => self.function(function, arguments, at.0),
            Expression::Lambda { collection, quantifier, body } => self.lambda(collection, *quantifier, body),
            Expression::Count(path) => Err(BindError::NotACondition {
                found: "'$count' without comparison".to_owned(),
                position: path.at.0,
            }),
        }
    }

    fn conditions(&self, items: &[Expression]) -> Result<Vec<Filter>, BindError> {
        items.iter().map(|item| self.condition(item)).collect()
    }

    /// A property that is itself the condition: `accountEnabled and ...`.
    fn boolean_property(&self, path: &Path) -> Result<Filter, BindError> {
        let bound = self.path(path)?;
        if bound.property.is_collection || !matches!(bound.property.edm, Edm::Boolean) {
            return Err(BindError::NotACondition {
                found: format!("'{}'", excerpt(&path.to_string())),
                position: path.at.0,
            });
        }
        Ok(bound.within_cast(Filter::equals(&bound.path, true)))
    }

    /// What is valid and not supported, about the property a path names.
    fn unsupported(&self, path: &Path, reason: &'static str) -> BindError {
        BindError::Unsupported {
            property: excerpt(&path.to_string()),
            resource: self.resource.name,
            reason,
            position: path.at.0,
        }
    }

    /// The same, about an operator or a function.
    fn unsupported_term(&self, term: &str, reason: &'static str, position: usize) -> BindError {
        BindError::Unsupported { property: excerpt(term), resource: self.resource.name, reason, position }
    }
}

fn negated(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}
