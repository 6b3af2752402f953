//! Types, enumerations, actions and the container as XML. Every name in it is our own, so nothing needs escaping.

use std::fmt::Write;

use riskgate_model::schema::{Edm, EnumType, Property, StructuredType, TypeKind};
use riskgate_model::{schema_enums, schema_types};

use super::container::{ROOTS, SETS, SINGLETONS, WAYS, Way};
use super::operations::{ACTIONS, Action, FUNCTIONS};

const HEAD: &str = concat!(
    r#"<?xml version="1.0" encoding="utf-8"?>"#,
    r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>"#,
    r#"<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">"#,
);
const TAIL: &str = "</Schema></edmx:DataServices></edmx:Edmx>";

/// The whole document.
pub(super) fn document() -> String {
    let mut parts = vec![HEAD.to_owned()];
    parts.extend(schema_enums().into_iter().map(enumeration));
    parts.extend(schema_types().into_iter().map(structured));
    parts.extend(ROOTS.iter().map(|(name, is_entity)| root(name, *is_entity)));
    parts.extend(ACTIONS.iter().map(action));
    parts.extend(FUNCTIONS.iter().map(function));
    parts.push(container());
    parts.push(TAIL.to_owned());
    parts.concat()
}

fn enumeration(declared: &EnumType) -> String {
    let flags = if declared.is_flags { r#" IsFlags="true""# } else { "" };
    let members =
        declared.members.iter().map(|(name, value)| format!(r#"<Member Name="{name}" Value="{value}"/>"#));
    format!(r#"<EnumType Name="{}"{flags}>{}</EnumType>"#, declared.name, members.collect::<String>())
}

fn structured(declared: &'static StructuredType) -> String {
    let tag = if declared.kind == TypeKind::Complex { "ComplexType" } else { "EntityType" };
    let mut attributes = format!(r#"Name="{}""#, declared.name);
    if let Some(base) = declared.base {
        let _ = write!(attributes, r#" BaseType="graph.{}""#, base.name);
    }
    // `entity` itself is abstract in the official schema; ours is never an instance either.
    if declared.is_abstract || declared.name == "entity" {
        attributes.push_str(r#" Abstract="true""#);
    }
    if declared.is_open {
        attributes.push_str(r#" OpenType="true""#);
    }
    let key = match declared.kind {
        TypeKind::EntityWithKey(key) => format!(r#"<Key><PropertyRef Name="{key}"/></Key>"#),
        _ => String::new(),
    };
    let properties: String = declared.properties.iter().filter(|p| !p.is_dynamic).map(property).collect();
    format!("<{tag} {attributes}>{key}{properties}{}</{tag}>", ways_of(declared.name))
}

fn property(property: &Property) -> String {
    let edm = match property.edm {
        Edm::String => "Edm.String".to_owned(),
        Edm::Boolean => "Edm.Boolean".to_owned(),
        Edm::Int32 => "Edm.Int32".to_owned(),
        Edm::Double => "Edm.Double".to_owned(),
        Edm::DateTimeOffset => "Edm.DateTimeOffset".to_owned(),
        Edm::Guid => "Edm.Guid".to_owned(),
        Edm::Binary => "Edm.Binary".to_owned(),
        Edm::Duration => "Edm.Duration".to_owned(),
        Edm::Enum(declared) => format!("graph.{}", declared.name),
        Edm::Complex(declared) => format!("graph.{}", declared.name),
    };
    let edm = if property.is_collection { format!("Collection({edm})") } else { edm };
    let nullable = if property.is_nullable { "" } else { r#" Nullable="false""# };
    format!(r#"<Property Name="{}" Type="{edm}"{nullable}/>"#, property.name)
}

fn root(name: &str, is_entity: bool) -> String {
    let base = if is_entity { r#" BaseType="graph.entity""# } else { "" };
    format!(r#"<EntityType Name="{name}"{base}>{}</EntityType>"#, ways_of(name))
}

fn ways_of(owner: &str) -> String {
    WAYS.iter().filter(|way| way.0 == owner).map(navigation).collect()
}

fn navigation((_, name, target, is_collection, is_contained): &Way) -> String {
    let target =
        if *is_collection { format!("Collection(graph.{target})") } else { format!("graph.{target}") };
    let contained = if *is_contained { r#" ContainsTarget="true""# } else { "" };
    format!(r#"<NavigationProperty Name="{name}" Type="{target}"{contained}/>"#)
}

fn action((name, bound, to_collection, parameters, returns): &Action) -> String {
    let bound = if *to_collection { format!("Collection({bound})") } else { (*bound).to_owned() };
    let mut text = format!(
        r#"<Action Name="{name}" IsBound="true"><Parameter Name="bindingParameter" Type="{bound}"/>"#
    );
    for (name, edm) in *parameters {
        let _ = write!(text, r#"<Parameter Name="{name}" Type="{edm}"/>"#);
    }
    if let Some(returns) = returns {
        let _ = write!(text, r#"<ReturnType Type="{returns}"/>"#);
    }
    text + "</Action>"
}

fn function((name, bound, returns): &(&str, &str, &str)) -> String {
    format!(
        r#"<Function Name="{name}" IsBound="true"><Parameter Name="bindingParameter" Type="{bound}"/><ReturnType Type="{returns}"/></Function>"#
    )
}

fn container() -> String {
    let sets = SETS
        .iter()
        .map(|(name, of)| format!(r#"<EntitySet Name="{name}" EntityType="microsoft.graph.{of}"/>"#));
    let singletons = SINGLETONS
        .iter()
        .map(|(name, of)| format!(r#"<Singleton Name="{name}" Type="microsoft.graph.{of}"/>"#));
    let content: String = sets.chain(singletons).collect();
    format!(r#"<EntityContainer Name="GraphService">{content}</EntityContainer>"#)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_tag_is_closed_in_order() {
        let text = document();
        let mut open = Vec::new();
        for tag in text.split('<').skip(1).map(|part| part.split('>').next().unwrap()) {
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{tag}");
            } else if !tag.ends_with('/') && !tag.starts_with('?') {
                open.push(tag.split(' ').next().unwrap());
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn every_type_that_is_named_is_declared() {
        let text = document();
        let declared: HashSet<&str> = ["EntityType Name=\"", "ComplexType Name=\"", "EnumType Name=\""]
            .iter()
            .flat_map(|start| text.split(start).skip(1).map(|part| part.split('"').next().unwrap()))
            .collect();
        for start in ["\"graph.", "(graph.", "\"microsoft.graph."] {
            for part in text.split(start).skip(1) {
                let name = part.split(['"', ')']).next().unwrap();
                assert!(declared.contains(name), "{name}");
            }
        }
    }

    #[test]
    fn navigation_begins_at_declared_types() {
        let types: HashSet<&str> =
            schema_types().iter().map(|t| t.name).chain(ROOTS.iter().map(|(n, _)| *n)).collect();
        for (owner, name, target, ..) in WAYS {
            assert!(types.contains(owner) && types.contains(target), "{owner}/{name}");
        }
    }
}
