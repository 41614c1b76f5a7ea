//! The manual's generated page: `docs/diagnostics.md` says what the code says.

use kaitei::diagnostic::Code;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

#[test]
fn the_page_of_diagnostics_is_up_to_date() {
    let mut page = String::from(
        "# Diagnostics\n\nGenerated from `src/diagnostic.rs` by `KAITEI_BLESS=1 cargo test`. A template's `[checks]` may set\n\
         `error`, `warning` or `off` for those that are marked as adjustable.\n\n\
         | code | severity | adjustable | 意味 | meaning |\n|---|---|---|---|---|\n",
    );
    for &code in Code::ALL {
        let (ja, en) = code.meaning();
        let adjustable = if code.is_adjustable() { "yes" } else { "" };
        writeln!(page, "| `{}` | {} | {adjustable} | {ja} | {en} |", code.id(), code.severity())
            .expect("writing to a string does not fail");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    if std::env::var_os("KAITEI_BLESS").is_some() {
        fs::write(&path, &page).expect("docs/ can be written");
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), page);
}
