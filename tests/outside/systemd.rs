//! The recipe for systemd, as its own verifier reads it.

use super::engines::output;
use super::roll::Checked;
use super::root;
use std::fs;
use std::process::Command;

pub(crate) fn systemd_knows_every_line() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    for name in ["kaitei.service", "kaitei.timer"] {
        let unit = fs::read_to_string(root().join("docs/recipes/systemd").join(name)).unwrap();
        // The program is not installed here; any will do.
        fs::write(folder.path().join(name), unit.replace("/usr/local/bin/kaitei", "/bin/true")).unwrap();
    }
    let mut analyze = Command::new("systemd-analyze");
    let verified =
        output(analyze.args(["verify", "kaitei.service", "kaitei.timer"]).current_dir(folder.path()))?;
    let said = String::from_utf8(verified.stderr).unwrap();
    assert!(verified.status.success() && said.is_empty(), "{said}");
    Ok(())
}
