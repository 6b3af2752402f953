mod browser;
mod html;
mod outcome;
pub(super) mod signin;
mod source;
mod walk;
