use riskgate_odata::{Comparison, Filter, Value};
use riskgate_store::{ColumnKind, StoreError, Table};
use sea_query::{Expr, ExprTrait};

use super::{Condition, Operand, is_single, literal, not_queryable, opposite, or_null, value};
use crate::dialect::Param;

/// `path comparison value`, or where it does not hold.
pub(super) fn lower(
    table: &'static Table,
    path: &str,
    comparison: Comparison,
    with: &Value,
    negated: bool,
) -> Result<Condition, StoreError> {
    let operand = single(table, path)?;
    if *with == Value::Null {
        return Ok(with_null(operand, comparison, negated));
    }
    if let (Operand::Column(column), Value::Double(number)) = (operand, with)
        && column.kind == ColumnKind::Integer
    {
        return Ok(with_fraction(operand, comparison, *number, negated));
    }
    Ok(match literal(table, operand, with) {
        Some(param) => compared(operand, comparison, param, negated),
        // Values of different types are unequal, whatever they are.
        None => Condition::Constant((comparison == Comparison::NotEqual) != negated),
    })
}

/// `path in (values)`, which arrives as a chain of `or`, in one list: it may be longer than a chain can nest.
pub(super) fn one_of(
    table: &'static Table,
    parts: &[Filter],
    negated: bool,
) -> Result<Option<Condition>, StoreError> {
    let Some(Filter::Compare { path, .. }) = parts.first().filter(|_| parts.len() > 1) else {
        return Ok(None);
    };
    let operand = single(table, path)?;
    let mut params = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Filter::Compare { path: other, comparison: Comparison::Equal, value } if other == path => {
                match literal(table, operand, value) {
                    Some(param) => params.push(param),
                    None => return Ok(None),
                }
            }
            _ => return Ok(None),
        }
    }
    let list = padded(params).into_iter().map(sea_query::Value::from);
    Ok(Some(Condition::Sql(match negated {
        true => or_null(operand, operand.expr().is_not_in(list)),
        false => operand.expr().is_in(list),
    })))
}

/// Repeats the last value up to the next power of two, so that lists of any length make only a few different
/// statements to prepare and keep.
fn padded(mut params: Vec<Param>) -> Vec<Param> {
    if let (Some(last), length @ ..=8_192) = (params.last().cloned(), params.len()) {
        params.resize(length.next_power_of_two(), last);
    }
    params
}

fn single(table: &'static Table, path: &str) -> Result<Operand, StoreError> {
    let operand = Operand::find(table, path)?;
    if is_single(operand) { Ok(operand) } else { Err(not_queryable(table, path)) }
}

fn with_null(operand: Operand, comparison: Comparison, negated: bool) -> Condition {
    let wants_null = match comparison {
        Comparison::Equal => !negated,
        Comparison::NotEqual => negated,
        _ => return Condition::Constant(negated),
    };
    match (operand.is_nullable(), wants_null) {
        (true, true) => Condition::Sql(operand.expr().is_null()),
        (true, false) => Condition::Sql(operand.expr().is_not_null()),
        (false, wants_null) => Condition::Constant(!wants_null),
    }
}

/// A comparison with a literal of the operand's own type. Null is unequal to it and otherwise incomparable.
fn compared(operand: Operand, comparison: Comparison, param: Param, negated: bool) -> Condition {
    let effective = if negated { opposite(comparison) } else { comparison };
    let expr = binary(operand.expr(), effective, value(param));
    let holds_for_null = (comparison == Comparison::NotEqual) != negated;
    Condition::Sql(if holds_for_null { or_null(operand, expr) } else { expr })
}

/// A comparison of an integer with any number, without rounding either.
fn with_fraction(operand: Operand, comparison: Comparison, number: f64, negated: bool) -> Condition {
    let is_unequal = comparison == Comparison::NotEqual;
    if number.is_nan() {
        return Condition::Constant(is_unequal != negated);
    }
    let (comparison, bound) = match comparison {
        Comparison::Equal | Comparison::NotEqual if number.fract() != 0.0 => {
            return Condition::Constant(is_unequal != negated);
        }
        Comparison::Equal | Comparison::NotEqual => (comparison, number),
        Comparison::Greater | Comparison::LessOrEqual => (comparison, number.floor()),
        Comparison::GreaterOrEqual | Comparison::Less => (comparison, number.ceil()),
    };
    match exact(bound) {
        Some(bound) => compared(operand, comparison, Param::Integer(bound), negated),
        None => beyond(operand, comparison, bound > 0.0, negated),
    }
}

/// A comparison with a number above (or below) all 64-bit integers: the same for every value that is not null.
fn beyond(operand: Operand, comparison: Comparison, is_above: bool, negated: bool) -> Condition {
    let holds = match comparison {
        Comparison::Equal => false,
        Comparison::NotEqual => return Condition::Constant(!negated),
        Comparison::Less | Comparison::LessOrEqual => is_above,
        Comparison::Greater | Comparison::GreaterOrEqual => !is_above,
    };
    match (holds, negated) {
        (false, negated) => Condition::Constant(negated),
        (true, false) => Condition::Sql(operand.expr().is_not_null()),
        (true, true) => Condition::Sql(operand.expr().is_null()),
    }
}

/// The 64-bit integer equal to a number without fraction, if there is one.
fn exact(number: f64) -> Option<i64> {
    // 2^63 is the first number above the range; -2^63 is in it.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    #[allow(clippy::cast_possible_truncation, reason = "the number is whole and in range")]
    (-LIMIT..LIMIT).contains(&number).then_some(number as i64)
}

fn binary(left: Expr, comparison: Comparison, right: Expr) -> Expr {
    match comparison {
        Comparison::Equal => left.eq(right),
        Comparison::NotEqual => left.ne(right),
        Comparison::Greater => left.gt(right),
        Comparison::GreaterOrEqual => left.gte(right),
        Comparison::Less => left.lt(right),
        Comparison::LessOrEqual => left.lte(right),
    }
}
