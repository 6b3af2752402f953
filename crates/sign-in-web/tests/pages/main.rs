//! The pages as a browser meets them, and as somebody meets them who is no browser.

mod browser;
mod codes;
mod world;

mod code_page;
mod consent;
mod device;
mod device_code;
mod first_factor;
mod forged;
mod refused;
mod security_info;
mod sessions;
mod silent;
