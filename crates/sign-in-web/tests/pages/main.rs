//! The pages as a browser meets them, and as somebody meets them who is no browser.

mod breached_password;
mod browser;
mod policies;
mod post;
mod world;

mod account;
mod approval;
mod approval_registration;
mod asked_again;
mod code_page;
mod consent;
mod counted;
mod device;
mod device_code;
mod familiar;
mod federated;
mod first_factor;
mod forged;
mod languages;
mod methods_policy;
mod notices;
mod passkeys;
mod password_strength;
mod persistent_browser;
mod recovery;
mod refused;
mod reset;
mod secure_password;
mod security_info;
mod sessions;
mod sign_in_again;
mod silent;
mod terms;
mod tracked;
mod user_action;
