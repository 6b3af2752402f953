//! Writes an [`Expression`] so that parsing it again yields the same one.

use std::fmt::{self, Display as _};

use crate::ast::{Expression, Literal, LiteralValue, Path, Quantifier};

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(literal) => literal.fmt(f),
            Self::Path(path) => path.fmt(f),
            Self::And(items) => write_joined(f, items, " and "),
            Self::Or(items) => write_joined(f, items, " or "),
            Self::Not(inner) => {
                f.write_str("not ")?;
                write_operand(f, inner)
            }
            Self::Compare { left, operator, right, .. } => {
                write_operand(f, left)?;
                write!(f, " {} ", operator.name())?;
                write_operand(f, right)
            }
            Self::In { left, items, .. } => {
                write_operand(f, left)?;
                f.write_str(" in (")?;
                write_list(f, items)?;
                f.write_str(")")
            }
            Self::Call { function, arguments, .. } => {
                write!(f, "{function}(")?;
                write_list(f, arguments)?;
                f.write_str(")")
            }
            Self::Lambda { collection, quantifier, body } => write_lambda(f, collection, *quantifier, body),
            Self::Count(path) => write!(f, "{path}/$count"),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.segments.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "/" })?;
            f.write_str(segment)?;
        }
        Ok(())
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            LiteralValue::Null => f.write_str("null"),
            LiteralValue::Boolean(value) => value.fmt(f),
            LiteralValue::Integer(value) => value.fmt(f),
            // The debug form always has a point or an exponent, which keeps it apart from an integer.
            LiteralValue::Double(value) => write!(f, "{value:?}"),
            LiteralValue::String(text) => write!(f, "'{}'", text.replace('\'', "''")),
            LiteralValue::DateTime(moment) => moment.fmt(f),
            LiteralValue::Guid(text) => f.write_str(text),
            LiteralValue::Typed { type_name, text } => {
                write!(f, "{type_name}'{}'", text.replace('\'', "''"))
            }
        }
    }
}

/// An operand, in parentheses if it is made of several words.
fn write_operand(f: &mut fmt::Formatter<'_>, operand: &Expression) -> fmt::Result {
    match operand {
        Expression::And(_)
        | Expression::Or(_)
        | Expression::Not(_)
        | Expression::Compare { .. }
        | Expression::In { .. } => write!(f, "({operand})"),
        _ => operand.fmt(f),
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, items: &[Expression], word: &str) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { word })?;
        match item {
            Expression::And(_) | Expression::Or(_) => write!(f, "({item})")?,
            _ => item.fmt(f)?,
        }
    }
    Ok(())
}

fn write_list(f: &mut fmt::Formatter<'_>, items: &[impl fmt::Display]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { "," })?;
        item.fmt(f)?;
    }
    Ok(())
}

fn write_lambda(
    f: &mut fmt::Formatter<'_>,
    collection: &Path,
    quantifier: Quantifier,
    body: &Option<(String, Box<Expression>)>,
) -> fmt::Result {
    let name = match quantifier {
        Quantifier::Any => "any",
        Quantifier::All => "all",
    };
    match body {
        Some((variable, condition)) => write!(f, "{collection}/{name}({variable}: {condition})"),
        None => write!(f, "{collection}/{name}()"),
    }
}
