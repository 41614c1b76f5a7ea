//! The rules of pagination by example, and for any table.

use super::*;
use proptest::prelude::*;

/// Lines are 10 high, rows have a padding of 2 in all.
fn demand(lines: Vec<usize>, begins: Vec<Option<usize>>, labels: [usize; 2], capacity: Length) -> Demand {
    let count = lines.len();
    let column = |level: usize| LabelColumn {
        level,
        lines: vec![labels[level]; count],
        again: vec![labels[level] + 1; count],
    };
    Demand {
        whole_rows: true,
        notes_follow: false,
        lines,
        begins,
        ties: vec![Tie::Free; count],
        breaks: vec![false; count],
        labels: vec![column(0), column(1)],
        line_height: 10,
        padding: 2,
        row_height: 0,
        first_capacity: capacity,
        capacity,
        tally: 30,
    }
}

/// Pages as `row row | row row`, a cut row as `row:lines`, the tally as `T`.
fn shown(demand: &Demand) -> String {
    let pages = paginate(demand);
    let piece = |p: &Fragment| {
        if p.lines == (0..demand.lines[p.row]) {
            p.row.to_string()
        } else {
            format!("{}:{:?}", p.row, p.lines)
        }
    };
    let page = |p: &PagePlan| {
        let tally = p.tally.then(|| "T".to_owned());
        p.pieces.iter().map(piece).chain(tally).collect::<Vec<_>>().join(" ")
    };
    pages.iter().map(page).collect::<Vec<_>>().join(" | ")
}

#[test]
fn rules_by_example() {
    let first = |n: usize| (0..n).map(|i| (i == 0).then_some(0)).collect::<Vec<_>>();
    for (rule, demand, pages) in [
        ("no rows", demand(vec![], vec![], [1, 1], 100), "T"),
        ("P2", demand(vec![2, 2, 2, 2], first(4), [1, 1], 70), "0 1 2 | 3 T"),
        ("P3", demand(vec![1, 12, 1], first(3), [1, 1], 52), "0 | 1:0..5 | 1:5..10 | 1:10..12 | 2 T"),
        ("P11", Demand { tally: 0, ..demand(vec![1; 9], first(9), [1, 1], 96) }, "0 1 2 3 4 5 6 | 7 8"),
        ("P12", Demand { notes_follow: true, ..demand(vec![1; 5], first(5), [1, 1], 96) }, "0 1 2 | 3 4 T"),
        (
            "P4: the label of row 2 needs three lines, but row 3 is on the next page",
            demand(vec![2, 2, 1, 2], vec![Some(0), None, Some(1), None], [1, 3], 70),
            "0 1 | 2 3 T",
        ),
        ("P6", demand(vec![2, 2, 2], first(3), [1, 1], 70), "0 1 | 2 T"),
        ("P6, alone", demand(vec![6], first(1), [1, 1], 70), "0 | T"),
    ] {
        assert_eq!(shown(&demand), pages, "{rule}");
    }
}

#[test]
fn p8_p9_rows_stand_with_others_and_begin_pages() {
    let with = |ties: [Tie; 5], breaks: [bool; 5]| {
        let all = demand(vec![2; 5], vec![Some(0), None, None, None, None], [1, 1], 70);
        shown(&Demand { ties: ties.to_vec(), breaks: breaks.to_vec(), tally: 0, ..all })
    };
    let at = |row: usize, tie| std::array::from_fn(|i| if i == row { tie } else { Tie::Free });
    assert_eq!(with([Tie::Free; 5], [false; 5]), "0 1 2 | 3 4");
    assert_eq!(with(at(2, Tie::Below), [false; 5]), "0 1 | 2 3 4");
    assert_eq!(with(at(3, Tie::Above), [false; 5]), "0 1 | 2 3 4");
    assert_eq!(with([Tie::Below; 5], [false; 5]), "0 | 1 | 2 3 4");
    assert_eq!(with([Tie::Free; 5], [true, true, false, false, true]), "0 | 1 2 3 | 4");
}

#[test]
fn a_row_belongs_to_the_page_on_which_it_begins() {
    // Row 1 is cut; what follows it goes on on its last page.
    let pages = paginate(&demand(vec![1, 12, 1], vec![Some(0), None, None], [1, 1], 52));
    let begun: Vec<Range<usize>> =
        pages.iter().map(PagePlan::begun).filter(|rows| !rows.is_empty()).collect();
    assert_eq!(begun, [0..1, 1..2, 2..3]);
    assert!(PagePlan::default().begun().is_empty());
}

#[test]
fn p10_a_row_is_cut_before_a_page_is_left_empty() {
    let cut = |lines: Vec<usize>, capacity| {
        let count = lines.len();
        let begins = (0..count).map(|i| (i == 0).then_some(0)).collect();
        let demand = demand(lines, begins, [1, 1], capacity);
        shown(&Demand { whole_rows: false, tally: 0, ..demand })
    };
    assert_eq!(cut(vec![2, 9, 1], 100), "0 1:0..5 | 1:5..9 2");
    assert_eq!(cut(vec![2, 7, 1], 86), "0 | 1 2"); // neither part would have four lines
    assert_eq!(cut(vec![6, 8, 1], 100), "0 | 1 2"); // there is no room for four lines
    assert_eq!(cut(vec![7, 5], 100), "0 | 1"); // the page is full enough
}

#[test]
fn rows_are_stretched_to_hold_their_label() {
    let pages = paginate(&demand(vec![1, 1], vec![Some(0), None], [6, 1], 100));
    let heights: Vec<Length> = pages[0].pieces.iter().map(|p| p.height).collect();
    assert_eq!(heights, [31, 31]); // 6 lines and padding
}

fn any_demand() -> impl Strategy<Value = Demand> {
    let row = (0usize..9, proptest::option::of(0usize..2));
    (proptest::collection::vec(row, 0..40), 0usize..9, 0usize..9, 20..120i32).prop_map(
        |(rows, outer, inner, capacity)| {
            let (lines, mut begins): (Vec<usize>, Vec<Option<usize>>) = rows.into_iter().unzip();
            if let Some(first) = begins.first_mut() {
                *first = Some(0);
            }
            demand(lines, begins, [outer, inner], capacity)
        },
    )
}

proptest! {
    #[test]
    fn p2_p3_every_line_once_in_order(demand in any_demand()) {
        let demand = demand.with_giant_labels_as_lines();
        let mut expected = Cursor { row: 0, line: 0 };
        for (number, page) in paginate(&demand).iter().enumerate() {
            for piece in &page.pieces {
                prop_assert_eq!((piece.row, piece.lines.start), (expected.row, expected.line));
                let cut = piece.lines.start > 0 || piece.lines.end < demand.lines[piece.row];
                let tall = demand.height_of(demand.lines[piece.row]) > demand.page_capacity(number);
                prop_assert!(!cut || tall, "row {} is cut though it fits", piece.row);
                expected = if piece.lines.end == demand.lines[piece.row] {
                    Cursor { row: piece.row + 1, line: 0 }
                } else {
                    Cursor { row: piece.row, line: piece.lines.end }
                };
            }
        }
        prop_assert_eq!(expected, Cursor { row: demand.lines.len(), line: 0 });
    }

    #[test]
    fn p1_no_page_is_overfull(demand in any_demand()) {
        for page in paginate(&demand) {
            let tally = if page.tally { demand.tally } else { 0 };
            let one_line = page.pieces.len() == 1 && page.pieces[0].lines.len() <= 1;
            prop_assert!(total(&page.pieces) + tally <= demand.capacity || one_line || page.pieces.is_empty());
        }
    }

    #[test]
    fn p4_no_label_alone_at_the_foot(demand in any_demand()) {
        let demand = demand.with_giant_labels_as_lines();
        let pages = paginate(&demand);
        for pair in pages.windows(2) {
            let (Some(last), Some(next)) = (pair[0].pieces.len().checked_sub(1), pair[1].pieces.first()) else {
                continue;
            };
            for column in demand.labels.iter().filter(|c| {
                next.lines.start == 0 && !demand.begins_at(next.row, c.level)
            }) {
                let start = demand.segment_start(&pair[0].pieces, last, column.level);
                let natural: Length = pair[0].pieces[start..]
                    .iter()
                    .map(|p| demand.piece(p.row, p.lines.clone()).height)
                    .sum();
                let need = demand.label_height(column, &pair[0].pieces[start]);
                prop_assert!(start == 0 || natural >= need);
            }
        }
    }

    #[test]
    fn p5_every_segment_holds_its_label(demand in any_demand()) {
        let demand = demand.with_giant_labels_as_lines();
        for page in paginate(&demand) {
            for column in &demand.labels {
                let mut end = page.pieces.len();
                while end > 0 {
                    let start = demand.segment_start(&page.pieces, end - 1, column.level);
                    let need = demand.label_height(column, &page.pieces[start]);
                    prop_assert!(total(&page.pieces[start..end]) >= need || page.pieces.len() == 1);
                    end = start;
                }
            }
        }
    }

    #[test]
    fn p6_one_tally_on_the_last_page(demand in any_demand()) {
        let pages = paginate(&demand);
        prop_assert_eq!(pages.iter().filter(|p| p.tally).count(), 1);
        prop_assert!(pages.last().is_some_and(|p| p.tally));
    }

    #[test]
    fn p7_no_page_without_progress(demand in any_demand()) {
        let pages = paginate(&demand);
        prop_assert!(pages[..pages.len() - 1].iter().all(|p| !p.pieces.is_empty()));
    }
}
