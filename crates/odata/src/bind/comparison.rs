//! Operators between two operands.

use riskgate_model::schema::Edm;

use super::literal::typed_value;
use super::path::BoundPath;
use super::{Binder, negated};
use crate::ast::{Expression, Literal, LiteralValue, Operator, Path};
use crate::error::{BindError, excerpt};
use crate::filter::{Comparison, Filter, Value};

impl Binder<'_> {
    pub(super) fn comparison(
        &self,
        left: &Expression,
        operator: Operator,
        right: &Expression,
        position: usize,
    ) -> Result<Filter, BindError> {
        use Expression as E;
        let Some(comparison) = comparison_of(operator) else {
            const REASON: &str = "this operator is not supported";
            return Err(match left {
                E::Path(path) => self.unsupported(path, REASON),
                _ => self.unsupported_term(operator.name(), REASON, position),
            });
        };
        match (left, right) {
            (E::Path(path), E::Literal(literal)) => self.property_with_literal(path, comparison, literal),
            (E::Literal(literal), E::Path(path)) => {
                self.property_with_literal(path, flipped(comparison), literal)
            }
            (E::Count(path), E::Literal(literal)) => self.count(path, comparison, literal),
            (E::Literal(literal), E::Count(path)) => self.count(path, flipped(comparison), literal),
            (E::Path(path), _) => {
                Err(self.unsupported(path, "a property can only be compared with a literal"))
            }
            (E::Literal(Literal { value: LiteralValue::Boolean(value), .. }), condition)
            | (condition, E::Literal(Literal { value: LiteralValue::Boolean(value), .. })) => {
                self.condition_with_boolean(condition, comparison, *value, position)
            }
            _ => Err(self.incomparable(left, right, operator, position)),
        }
    }

    /// Why two operands, neither of them a property, cannot be compared: what is wrong with one of them comes first.
    fn incomparable(
        &self,
        left: &Expression,
        right: &Expression,
        operator: Operator,
        position: usize,
    ) -> BindError {
        let mut literal = None;
        for side in [left, right] {
            match side {
                Expression::Literal(found) => literal = Some(found),
                Expression::Path(_) | Expression::Count(_) => {}
                condition => {
                    if let Err(error) = self.condition(condition) {
                        return error;
                    }
                }
            }
        }
        match literal {
            Some(literal) if !matches!((left, right), (Expression::Literal(_), Expression::Literal(_))) => {
                BindError::TypeMismatch {
                    property: excerpt(
                        &if matches!(left, Expression::Literal(_)) { right } else { left }.to_string(),
                    ),
                    expected: "true or false without quotes".to_owned(),
                    found: literal.value.kind().to_owned(),
                    position: literal.at.0,
                }
            }
            _ => self.unsupported_term(
                operator.name(),
                "only a property and a literal can be compared",
                position,
            ),
        }
    }

    /// `startswith(a,'b') eq true`
    fn condition_with_boolean(
        &self,
        condition: &Expression,
        comparison: Comparison,
        value: bool,
        position: usize,
    ) -> Result<Filter, BindError> {
        let filter = self.condition(condition)?;
        match comparison {
            Comparison::Equal => Ok(if value { filter } else { negated(filter) }),
            Comparison::NotEqual => Ok(if value { negated(filter) } else { filter }),
            _ => Err(self.unsupported_term("condition", "conditions have no order", position)),
        }
    }

    fn property_with_literal(
        &self,
        path: &Path,
        comparison: Comparison,
        literal: &Literal,
    ) -> Result<Filter, BindError> {
        let bound = self.single(path)?;
        let value = typed_value(&path.to_string(), bound.property.edm, literal)?;
        if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            self.check_order(path, &bound, &value)?;
        }
        Ok(bound.within_cast(Filter::Compare { path: bound.path.clone(), comparison, value }))
    }

    pub(super) fn membership(
        &self,
        left: &Expression,
        items: &[Literal],
        position: usize,
    ) -> Result<Filter, BindError> {
        let Expression::Path(path) = left else {
            return Err(self.unsupported_term("in", "only a property can be looked for in a list", position));
        };
        let bound = self.single(path)?;
        let values = items
            .iter()
            .map(|item| typed_value(&path.to_string(), bound.property.edm, item))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(bound.within_cast(Filter::one_of(&bound.path, values)))
    }

    /// A property that has one value.
    pub(super) fn single(&self, path: &Path) -> Result<BoundPath, BindError> {
        let bound = self.path(path)?;
        match bound.property.edm {
            _ if bound.property.is_collection => {
                Err(self.unsupported(path, "a collection can only be asked by 'any' and '$count'"))
            }
            Edm::Enum(enumeration) if enumeration.is_flags => {
                Err(self.unsupported(path, "sets of enumeration members cannot be compared"))
            }
            _ => Ok(bound),
        }
    }

    /// Whether values of the property have an order that filters may use.
    fn check_order(&self, path: &Path, bound: &BoundPath, value: &Value) -> Result<(), BindError> {
        let reason = match bound.property.edm {
            // The declared numbers of riskLevel are no order of severity (low 0, none 4), and text order is none either.
            Edm::Enum(_) => "enumerations can only be compared by 'eq', 'ne' and 'in'",
            Edm::Boolean => "true and false can only be compared by 'eq', 'ne' and 'in'",
            _ if *value == Value::Null => "null can only be compared by 'eq' and 'ne'",
            _ => return Ok(()),
        };
        Err(self.unsupported(path, reason))
    }
}

fn comparison_of(operator: Operator) -> Option<Comparison> {
    Some(match operator {
        Operator::Equal => Comparison::Equal,
        Operator::NotEqual => Comparison::NotEqual,
        Operator::Greater => Comparison::Greater,
        Operator::GreaterOrEqual => Comparison::GreaterOrEqual,
        Operator::Less => Comparison::Less,
        Operator::LessOrEqual => Comparison::LessOrEqual,
        Operator::Has => return None,
    })
}

/// The comparison with its operands exchanged.
fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal | Comparison::NotEqual => comparison,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
    }
}
