mod browser;
mod device;
mod html;
mod outcome;
pub(super) mod signin;
mod source;
mod walk;

pub(super) use walk::codes;
