//! Bound actions and functions this server does.

/// Name, type it is bound to, whether to a collection of it, parameters with their types, type of what it returns.
pub(super) type Action =
    (&'static str, &'static str, bool, &'static [(&'static str, &'static str)], Option<&'static str>);

const USER_IDS: &[(&str, &str)] = &[("userIds", "Collection(Edm.String)")];
const SERVICE_PRINCIPAL_IDS: &[(&str, &str)] = &[("servicePrincipalIds", "Collection(Edm.String)")];
const REQUEST_IDS: &[(&str, &str)] = &[("requestIds", "Collection(Edm.String)")];

/// The actions.
pub(super) const ACTIONS: &[Action] = &[
    (
        "changePassword",
        "graph.user",
        false,
        &[("currentPassword", "Edm.String"), ("newPassword", "Edm.String")],
        None,
    ),
    ("confirmCompromised", "graph.riskyServicePrincipal", true, SERVICE_PRINCIPAL_IDS, None),
    ("confirmCompromised", "graph.riskyUser", true, USER_IDS, None),
    ("confirmCompromised", "graph.signIn", true, REQUEST_IDS, None),
    ("confirmSafe", "graph.riskyUser", true, USER_IDS, None),
    ("confirmSafe", "graph.signIn", true, REQUEST_IDS, None),
    ("dismiss", "graph.riskyServicePrincipal", true, SERVICE_PRINCIPAL_IDS, None),
    ("dismiss", "graph.riskyUser", true, USER_IDS, None),
    ("dismiss", "graph.signIn", true, REQUEST_IDS, None),
    (
        "evaluate",
        "graph.conditionalAccessRoot",
        false,
        &[
            ("signInIdentity", "graph.signInIdentity"),
            ("signInContext", "graph.signInContext"),
            ("signInConditions", "graph.signInConditions"),
            ("appliedPoliciesOnly", "Edm.Boolean"),
        ],
        Some("Collection(graph.whatIfAnalysisResult)"),
    ),
    (
        "resetPassword",
        "graph.authenticationMethod",
        false,
        &[("newPassword", "Edm.String")],
        Some("graph.passwordResetResponse"),
    ),
    ("restore", "graph.conditionalAccessPolicy", false, &[], Some("graph.conditionalAccessPolicy")),
    ("restore", "graph.namedLocation", false, &[], Some("graph.namedLocation")),
    ("revokeSignInSessions", "graph.user", false, &[], Some("Edm.Boolean")),
    (
        "updateAllowedCombinations",
        "graph.authenticationStrengthPolicy",
        false,
        &[("allowedCombinations", "Collection(graph.authenticationMethodModes)")],
        Some("graph.updateAllowedCombinationsResult"),
    ),
];

/// The functions, none of which has parameters: name, type it is bound to, type of what it returns.
pub(super) const FUNCTIONS: &[(&str, &str, &str)] =
    &[("usage", "graph.authenticationStrengthPolicy", "graph.authenticationStrengthUsage")];
