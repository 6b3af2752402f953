//! Follows paths through the schema.

use riskgate_model::schema::{Edm, Property, StructuredType};

use super::Binder;
use crate::ast::Path;
use crate::error::{BindError, excerpt};
use crate::filter::Filter;

/// A path whose property was found.
pub(super) struct BoundPath {
    /// Declared names joined by `/`, without the cast.
    pub(super) path: String,
    /// The property it ends at.
    pub(super) property: &'static Property,
    /// What holds for objects of the type the path casts to.
    cast: Option<Filter>,
}

impl BoundPath {
    /// The condition, together with that of the cast.
    pub(super) fn within_cast(&self, condition: Filter) -> Filter {
        match &self.cast {
            Some(cast) => Filter::And(vec![cast.clone(), condition]),
            None => condition,
        }
    }
}

impl Binder<'_> {
    /// Follows a path from the resource, through at most one cast at its beginning.
    pub(super) fn path(&self, path: &Path) -> Result<BoundPath, BindError> {
        let (cast, names) = match path.segments.split_first() {
            Some((first, rest)) if first.contains('.') => (Some(self.derived_type(first, path.at.0)?), rest),
            _ => (None, path.segments.as_slice()),
        };
        let start = cast.unwrap_or(self.resource);
        let (declared, property) = self.follow(start, names, path)?;
        let condition = cast.map(|cast| self.is_of(cast)).filter(|filter| *filter != Filter::Constant(true));
        Ok(BoundPath { path: declared, property, cast: condition })
    }

    /// Follows names from a type; all but the last one are single complex properties.
    pub(super) fn follow(
        &self,
        start: &'static StructuredType,
        names: &[String],
        written: &Path,
    ) -> Result<(String, &'static Property), BindError> {
        let position = written.at.0;
        let mut structured = start;
        let mut declared = String::new();
        let mut names = names.iter().peekable();
        while let Some(name) = names.next() {
            let property = self.filterable(structured, name, written)?;
            if !declared.is_empty() {
                declared.push('/');
            }
            declared.push_str(property.name);
            structured = match (names.peek(), property.edm) {
                (None, _) => return Ok((declared, property)),
                (Some(_), Edm::Complex(_)) if property.is_collection => {
                    return Err(
                        self.unsupported(written, "a collection can only be asked by 'any' and '$count'")
                    );
                }
                (Some(_), Edm::Complex(inner)) => inner,
                (Some(next), _) => {
                    return Err(BindError::UnknownProperty {
                        property: excerpt(next),
                        resource: structured.name,
                        position,
                    });
                }
            };
        }
        Err(BindError::NotACondition { found: format!("'{}'", excerpt(&written.to_string())), position })
    }

    fn filterable(
        &self,
        structured: &'static StructuredType,
        name: &str,
        written: &Path,
    ) -> Result<&'static Property, BindError> {
        let Some(property) = find_property(structured, name) else {
            if is_navigation(structured, name) {
                return Err(self.unsupported(written, "related objects cannot be filtered by"));
            }
            if name.contains('.') {
                return Err(self.unsupported(written, "a cast can only begin a path"));
            }
            return Err(BindError::UnknownProperty {
                property: excerpt(name),
                resource: structured.name,
                position: written.at.0,
            });
        };
        if !property.filterable {
            return Err(BindError::NotFilterable {
                property: excerpt(&written.to_string()),
                resource: self.resource.name,
                position: written.at.0,
            });
        }
        Ok(property)
    }

    /// The type of this name, if objects of the resource can be of it.
    pub(super) fn derived_type(
        &self,
        name: &str,
        position: usize,
    ) -> Result<&'static StructuredType, BindError> {
        find_type(self.resource, self.derived, name).ok_or_else(|| BindError::UnknownType {
            name: excerpt(name),
            resource: self.resource.name,
            position,
        })
    }

    /// The condition that an object is of a type or one that derives from it.
    pub(super) fn is_of(&self, wanted: &'static StructuredType) -> Filter {
        let is_kind_of = |t: &'static StructuredType| t.chain().any(|ancestor| ancestor.name == wanted.name);
        if is_kind_of(self.resource) {
            return Filter::Constant(true);
        }
        let mut kinds: Vec<Filter> = self
            .derived
            .iter()
            .filter(|t| !t.is_abstract && is_kind_of(t))
            .map(|t| Filter::equals("@odata.type", format!("#microsoft.graph.{}", t.name)))
            .collect();
        match (kinds.pop(), kinds.is_empty()) {
            (None, _) => Filter::Constant(false),
            (Some(only), true) => only,
            (Some(last), false) => {
                kinds.push(last);
                Filter::Or(kinds)
            }
        }
    }
}

/// The property of this name; as written if there is one, else in any case.
pub(crate) fn find_property(structured: &'static StructuredType, name: &str) -> Option<&'static Property> {
    structured.property(name).or_else(|| {
        structured
            .chain()
            .flat_map(|t| t.properties)
            .find(|property| property.name.eq_ignore_ascii_case(name))
    })
}

pub(crate) fn is_navigation(structured: &'static StructuredType, name: &str) -> bool {
    structured.chain().flat_map(|t| t.navigation).any(|navigation| navigation.name.eq_ignore_ascii_case(name))
}

/// The resource, a type it derives from or a derived one, by name with the namespace `microsoft.graph`.
pub(crate) fn find_type(
    resource: &'static StructuredType,
    derived: &[&'static StructuredType],
    name: &str,
) -> Option<&'static StructuredType> {
    let name = without_namespace(name)?;
    let mut candidates = resource.chain().chain(derived.iter().flat_map(|t| t.chain()));
    candidates.find(|t| t.name.eq_ignore_ascii_case(name))
}

/// `riskLevel` of `microsoft.graph.riskLevel` or `#microsoft.graph.riskLevel`; `None` for another namespace.
pub(crate) fn without_namespace(name: &str) -> Option<&str> {
    const NAMESPACE: &str = "microsoft.graph.";
    let name = name.strip_prefix('#').unwrap_or(name);
    let (namespace, rest) = name.split_at_checked(NAMESPACE.len())?;
    namespace.eq_ignore_ascii_case(NAMESPACE).then_some(rest)
}
