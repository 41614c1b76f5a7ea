//! Notes below the table: which of their lines stand on which page. Numbers in, numbers out.
//!
//! * **N1** Notes stand in order below the tally, from the last page of the table on.
//! * **N2** A note goes on on the next page where it must; neither page shows a single line of it. A page that
//!   shows nothing else takes what fits, so this ends on every input.

use super::paginate::PagePlan;
use std::ops::Range;

/// Fewest lines of a broken note on either page.
const FEWEST: usize = 2;

/// The lines of a note that stand on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteFragment {
    /// Which note.
    pub note: usize,
    /// Its lines.
    pub lines: Range<usize>,
}

/// Puts notes on the last page and on further ones. `counts` are the notes' numbers of lines, `room` is the number
/// of lines that the last page has left, `page` that of a whole page.
pub(super) fn paginate_notes(plans: &mut Vec<PagePlan>, counts: &[usize], room: usize, page: usize) {
    let page = page.max(1);
    let mut room = room;
    for (note, &count) in counts.iter().enumerate() {
        let mut start = 0;
        while start < count {
            let last = plans.last_mut().expect("there is always a page");
            let is_fresh = last.pieces.is_empty() && !last.tally && last.notes.is_empty();
            let taken = fitting(count - start, room, is_fresh);
            if taken > 0 {
                last.notes.push(NoteFragment { note, lines: start..start + taken });
                start += taken;
                room -= taken.min(room);
            }
            if start < count {
                plans.push(PagePlan::default());
                room = page;
            }
        }
    }
}

/// How many of the lines that are left of a note a page takes (N2).
fn fitting(left: usize, room: usize, is_fresh: bool) -> usize {
    if left <= room {
        return left;
    }
    let taken = room.min(left.saturating_sub(FEWEST));
    if taken >= FEWEST {
        taken
    } else if is_fresh {
        room.clamp(1, left)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pages as `note:lines …`, the page of the table first.
    fn shown(counts: &[usize], room: usize, page: usize) -> String {
        let mut plans = vec![PagePlan { tally: true, ..PagePlan::default() }];
        paginate_notes(&mut plans, counts, room, page);
        let piece = |piece: &NoteFragment| format!("{}:{:?}", piece.note, piece.lines);
        let page = |plan: &PagePlan| plan.notes.iter().map(piece).collect::<Vec<_>>().join(" ");
        plans.iter().map(page).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn rules_by_example() {
        let check = |counts: &[usize], room, expected: &str| assert_eq!(shown(counts, room, 5), expected);
        check(&[], 3, "");
        check(&[1, 2], 3, "0:0..1 1:0..2");
        check(&[2, 3], 3, "0:0..2 | 1:0..3");
        check(&[4], 3, "0:0..2 | 0:2..4");
        check(&[3], 2, " | 0:0..3");
        check(&[1], 0, " | 0:0..1");
        check(&[12], 4, "0:0..4 | 0:4..9 | 0:9..12");
        check(&[6], 0, " | 0:0..4 | 0:4..6");
    }

    proptest! {
        #[test]
        fn every_line_once_in_order(counts in proptest::collection::vec(0usize..12, 0..8), room in 0usize..6, page in 0usize..6) {
            let mut plans = vec![PagePlan { tally: true, ..PagePlan::default() }];
            paginate_notes(&mut plans, &counts, room, page);
            let mut lines = Vec::new();
            for (number, plan) in plans.iter().enumerate() {
                let used: usize = plan.notes.iter().map(|piece| piece.lines.len()).sum();
                let whole = if number == 0 { room } else { page.max(1) };
                prop_assert!(used <= whole);
                prop_assert!(number == 0 || used > 0);
                lines.extend(plan.notes.iter().flat_map(|p| p.lines.clone().map(|line| (p.note, line))));
            }
            let expected = counts.iter().enumerate().flat_map(|(note, &count)| (0..count).map(move |line| (note, line)));
            prop_assert_eq!(lines, expected.collect::<Vec<_>>());
        }
    }
}
