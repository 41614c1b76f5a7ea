//! Replays what fuzzing has found, and inputs worth keeping, through the fuzzers' own targets.

use proptest::prelude::*;
use std::fs;
use std::path::Path;

#[path = "../fuzz/src/lib.rs"]
pub mod fuzz;

#[test]
fn findings_stay_fixed() {
    fuzz::watch_panics();
    for (name, target) in fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(name);
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "no inputs in {}", folder.display());
        for file in files {
            println!("{}", file.display());
            target(&fs::read(&file).unwrap());
        }
    }
}

proptest! {
    #[test]
    fn what_holds_for_cells_holds_for_any(
        cell in "\\PC{0,16}|[0-9０-９（）()【】・、，,./／：:～~※年度月日元RHｒ令和平成約以上件人か所％゛ﾞｶが|\\n ー△-]{0,32}",
    ) {
        for target in [fuzz::text, fuzz::value, fuzz::era] {
            target(cell.as_bytes());
        }
    }
}
