//! What programs and operating systems leave beside the files of a folder or an archive.

use std::ffi::OsStr;

/// Excel's lock files (`~$…`), hidden files, and what Windows, macOS and archives leave in folders.
pub fn is_litter(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("~$")
        || name.starts_with('.')
        || ["Thumbs.db", "desktop.ini", "__MACOSX"].iter().any(|litter| name.eq_ignore_ascii_case(litter))
}
