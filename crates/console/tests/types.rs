//! The types of the console are made from the declarations the server itself is made from, so that a changed resource
//! breaks the console's type check and not its users.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use riskgate_directory::{CONSOLE_APP_ID, CONSOLE_PERMISSIONS, EXPLORER_APP_ID, EXPLORER_PERMISSIONS};
use riskgate_model::schema::{Edm, EnumType, Property, StructuredType};
use riskgate_model::schema_types;

/// What the console reads and writes; everything these are made of follows.
const ROOTS: &[&str] = &[
    "riskyUser",
    "riskyUserHistoryItem",
    "riskyServicePrincipal",
    "riskDetection",
    "signIn",
    "user",
    "authenticationMethod",
    "application",
    "servicePrincipal",
    "directoryAudit",
    "conditionalAccessPolicy",
    "conditionalAccessTemplate",
    "authenticationStrengthPolicy",
    "oAuth2PermissionGrant",
    "authenticationContextClassReference",
    "group",
    "agreement",
    "namedLocation",
    "organization",
    "whatIfAnalysisResult",
    "signInConditions",
];

#[test]
fn the_types_in_the_console_are_what_the_model_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../console/src/api/types.ts");
    let made = document();
    if std::env::var_os("RISKGATE_WRITE_TYPES").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == made,
        "run 'RISKGATE_WRITE_TYPES=1 cargo test -p riskgate-console' and commit what it writes"
    );
}

fn document() -> String {
    let mut text = String::from(
        "// Made from the server's own declarations by crates/console/tests/types.rs; changed there, never here.\n\n",
    );
    for (name, prefix, app_id, permissions) in [
        ("console", "", CONSOLE_APP_ID, CONSOLE_PERMISSIONS),
        ("Explorer", "EXPLORER_", EXPLORER_APP_ID, EXPLORER_PERMISSIONS),
    ] {
        let scopes: String = permissions.iter().map(|name| format!("  \"{name}\",\n")).collect();
        let _ =
            writeln!(text, "/** `appId` of the {name}. */\nexport const {prefix}CLIENT_ID = \"{app_id}\";\n");
        let _ = writeln!(
            text,
            "/** Delegated permissions of the {name}. */\nexport const {prefix}SCOPES = [\n{scopes}];\n"
        );
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    let (types, enums) = closure();
    for declared in enums {
        text.push_str(&enumeration(declared));
    }
    for declared in types {
        text.push_str(&structured(declared));
    }
    text
}

/// Every type the roots are made of, what they derive from and what derives from them; each list in the model's order.
fn closure() -> (Vec<&'static StructuredType>, Vec<&'static EnumType>) {
    let all = schema_types();
    let mut names: BTreeSet<&str> = ROOTS.iter().copied().collect();
    loop {
        let before = names.len();
        for declared in &all {
            if declared.base.is_some_and(|base| base.name != "entity" && names.contains(base.name)) {
                names.insert(declared.name);
            }
            if names.contains(declared.name) {
                names.extend(declared.base.map(|base| base.name));
                names.extend(declared.properties.iter().filter_map(|property| match property.edm {
                    Edm::Complex(used) => Some(used.name),
                    _ => None,
                }));
            }
        }
        if names.len() == before {
            break;
        }
    }
    for root in ROOTS {
        assert!(all.iter().any(|declared| declared.name == *root), "{root} is not declared");
    }
    let types: Vec<_> = all.into_iter().filter(|declared| names.contains(declared.name)).collect();
    let mut enums: Vec<&'static EnumType> = Vec::new();
    for property in types.iter().flat_map(|declared| declared.properties) {
        if let Edm::Enum(used) = property.edm
            && !enums.iter().any(|known| known.name == used.name)
        {
            enums.push(used);
        }
    }
    (types, enums)
}

fn enumeration(declared: &EnumType) -> String {
    if declared.is_flags {
        return format!(
            "\n/** Names joined by commas: {}. */\nexport type {} = string;\n",
            declared.members.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "),
            type_name(declared.name)
        );
    }
    let members: String = declared.members.iter().map(|(name, _)| format!("\n  | \"{name}\"")).collect();
    format!("\nexport type {} ={members};\n", type_name(declared.name))
}

fn structured(declared: &StructuredType) -> String {
    let base = declared.base.map(|base| format!(" extends {}", type_name(base.name))).unwrap_or_default();
    let properties: String = declared.properties.iter().map(property).collect();
    format!("\nexport interface {}{base} {{\n{properties}}}\n", type_name(declared.name))
}

/// A key is always there; everything else can be left out, by `$select` or because the service has nothing to say.
fn property(property: &Property) -> String {
    let one = match property.edm {
        Edm::String | Edm::DateTimeOffset | Edm::Guid | Edm::Binary | Edm::Duration => "string".to_owned(),
        Edm::Boolean => "boolean".to_owned(),
        Edm::Int32 | Edm::Double => "number".to_owned(),
        Edm::Enum(declared) => type_name(declared.name),
        Edm::Complex(declared) => type_name(declared.name),
    };
    let value = match (property.is_collection, property.is_nullable) {
        (true, _) => format!("{one}[]"),
        (false, true) => format!("{one} | null"),
        (false, false) => one,
    };
    let optional = if property.name == "id" { "" } else { "?" };
    format!("  {}{optional}: {value};\n", property.name)
}

fn type_name(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
