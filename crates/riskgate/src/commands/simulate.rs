mod authenticator;
mod browser;
mod device;
mod html;
mod kept_file;
mod outcome;
pub(super) mod signin;
mod source;
mod walk;

pub(super) use walk::codes;
