//! The files of the console.

/// A file and its compressed forms.
#[derive(Debug)]
pub(crate) struct File {
    /// Path below `/admin/`.
    pub(crate) name: &'static str,
    /// As it is.
    pub(crate) plain: &'static [u8],
    /// By Brotli (RFC 7932), unless that would not make it smaller.
    pub(crate) brotli: Option<&'static [u8]>,
    /// By gzip (RFC 1952), unless that would not make it smaller.
    pub(crate) gzip: Option<&'static [u8]>,
}

/// What was built when this crate was compiled; empty without a console.
pub(crate) static EMBEDDED: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The page of the console.
pub(crate) const CONSOLE: &str = "index.html";

/// The page of the Explorer. Its scripts are among the console's: they share most of them.
pub(crate) const EXPLORER: &str = "explorer.html";

/// The file of this name.
pub(crate) fn find(files: &'static [File], name: &str) -> Option<&'static File> {
    files.iter().find(|file| file.name == name)
}

impl File {
    /// Whether its name changes with its content, so that it can be kept for ever.
    pub(crate) fn is_immutable(&self) -> bool {
        self.name.starts_with("assets/")
    }

    /// Media type by the ending of the name.
    pub(crate) fn media_type(&self) -> &'static str {
        match self.name.rsplit('.').next().unwrap_or_default() {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            "json" => "application/json",
            "txt" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}
