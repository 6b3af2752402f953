use riskgate_model::schema::StructuredType;
use riskgate_odata::{OrderBy, ValueKind};

use crate::permissions::Rule;

/// A set of objects as Graph serves it.
#[derive(Debug)]
pub(crate) struct Set {
    /// Declared type of the objects.
    pub(crate) declared: &'static StructuredType,
    /// Type whose properties can be selected and filtered by; the declared one unless that is only a base.
    pub(crate) selectable: &'static StructuredType,
    /// Types an object can have besides it.
    pub(crate) derived: &'static [&'static StructuredType],
    /// Its name in `@odata.context`.
    pub(crate) context: &'static str,
    /// Page size without `$top`.
    pub(crate) page: u32,
    /// Largest `$top`.
    pub(crate) max_top: u32,
    /// Order without `$orderby`.
    pub(crate) order: &'static [DefaultOrder],
    /// Options the set does not answer although others do: `$select`, `$orderby`, `$top`, `$skip`, `$count`.
    pub(crate) refused: &'static [&'static str],
    /// Whether every object carries `@odata.type`.
    pub(crate) typed: bool,
    /// Properties that can be selected of a single object only: 501 in lists (contract §1.3).
    pub(crate) single_only: &'static [&'static str],
    /// A property that is shown when it is selected by name alone, to those this rule allows.
    pub(crate) guarded: Option<(&'static str, &'static Rule)>,
}

/// Path, whether largest first, how values compare.
pub(crate) type DefaultOrder = (&'static str, bool, ValueKind);

impl Set {
    /// A set of one type with pages of 100 and at most 999 objects, by identifier, with every option.
    pub(crate) const fn new(declared: &'static StructuredType, context: &'static str) -> Self {
        Self {
            declared,
            selectable: declared,
            derived: &[],
            context,
            page: 100,
            max_top: 999,
            order: &[],
            refused: &[],
            typed: false,
            single_only: &[],
            guarded: None,
        }
    }

    /// `$orderby`, or the set's own order.
    pub(super) fn order(&self, asked: Vec<OrderBy>) -> Vec<OrderBy> {
        if !asked.is_empty() {
            return asked;
        }
        let own = self.order.iter();
        own.map(|(path, descending, kind)| OrderBy {
            path: (*path).to_owned(),
            descending: *descending,
            kind: *kind,
        })
        .collect()
    }
}
