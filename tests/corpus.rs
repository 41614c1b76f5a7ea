//! Every file of the corpus beside the repository is read: no panic escapes, and each is read or explained.

use kaitei::ingest;
use std::path::{Path, PathBuf};

#[test]
fn every_file_of_the_corpus_is_read_or_explained() {
    let corpora = ["../shared/corpus", "../../shared/corpus"];
    let found: Option<PathBuf> =
        corpora.iter().map(|c| Path::new(env!("CARGO_MANIFEST_DIR")).join(c)).find(|c| c.is_dir());
    let Some(corpus) = found else {
        println!("skipped: there is no corpus beside the repository ({})", corpora[0]);
        return;
    };
    for file in ingest::walk(&corpus).unwrap() {
        let bytes = std::fs::read(&file.path).unwrap();
        let started = std::time::Instant::now();
        let noted = ingest::read(&bytes, &file.name, &kaitei::model::Limits::default());
        let cells: usize = noted.value.iter().flat_map(|s| &s.rows).map(|r| r.cells.len()).sum();
        let merges: usize = noted.value.iter().map(|s| s.merges.len()).sum();
        println!(
            "{:>6} ms  {:>2} sheets {cells:>6} cells {merges:>6} merges  {}",
            started.elapsed().as_millis(),
            noted.value.len(),
            file.name
        );
        for diagnostic in noted.diagnostics.iter().take(3) {
            println!(
                "           {}: {} ({})",
                diagnostic.code.id(),
                diagnostic.message.en,
                diagnostic.origin
            );
        }
        assert!(!noted.value.is_empty() || !noted.diagnostics.is_empty(), "{}", file.name);
    }
}
