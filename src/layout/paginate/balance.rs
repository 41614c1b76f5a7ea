//! The balance of the last pages (P11): no row alone where the page before has rows to give.

use super::{Cursor, Demand, Fragment, PagePlan, total};

/// The fewest rows that the page before keeps.
const KEPT: usize = 3;

impl Demand {
    /// P11: moves rows to the last page that has any, if it has one row alone.
    pub(super) fn balance(&self, pages: &mut [PagePlan]) {
        let Some(last) = pages.iter().rposition(|page| !page.pieces.is_empty()).filter(|&last| last > 0)
        else {
            return;
        };
        let (before, page) = (&pages[last - 1], &pages[last]);
        let [row] = &page.pieces[..] else { return };
        if row.lines.start > 0 || self.breaks[row.row] || before.pieces.len() <= KEPT {
            return;
        }
        let mut stay = before.pieces.clone();
        let given = stay.pop().expect("there are more than some");
        if given.lines.start > 0 {
            return;
        }
        let mut next = Cursor { row: given.row, line: 0 };
        self.retreat(&mut stay, &mut next);
        let going: Vec<Fragment> = [&before.pieces[stay.len()..], &page.pieces[..]].concat();
        let tally = if page.tally { self.tally } else { 0 };
        if stay.len() >= KEPT
            && going.len() <= stay.len()
            && total(&self.stretched(&going)) + tally <= self.capacity
        {
            pages[last].pieces = going;
            pages[last - 1].pieces = stay;
        }
    }
}
