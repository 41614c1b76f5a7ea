//! The best assignment: which of some rows goes with which of some columns, so that the sum of what their pairs are worth
//! is the greatest; a row may go with none. The method is that of Kuhn and Munkres, by shortest paths over the pairs that
//! there are.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A column that a row may go with, and what the pair is worth; above 0.
pub(crate) type Worth = (usize, i64);

/// The column of each row. `pairs` has those of each row.
pub(crate) fn assign(pairs: &[Vec<Worth>], columns: usize) -> Vec<Option<usize>> {
    let most = pairs.iter().flatten().map(|(_, worth)| *worth).max().unwrap_or(0);
    let mut state = State {
        // A row goes with none at the cost of a pair that is worth nothing; that is a column of its own.
        edges: pairs
            .iter()
            .enumerate()
            .map(|(row, pairs)| {
                let none = (columns + row, most);
                pairs.iter().map(|&(column, worth)| (column, most - worth)).chain([none]).collect()
            })
            .collect(),
        of_row: vec![0; pairs.len()],
        of_column: vec![0; columns + pairs.len()],
        row_at: vec![None; columns + pairs.len()],
        column_of: vec![None; pairs.len()],
    };
    for row in 0..pairs.len() {
        state.add(row);
    }
    state.column_of.into_iter().map(|column| column.filter(|&column| column < columns)).collect()
}

struct State {
    /// The columns of each row with what they cost.
    edges: Vec<Vec<(usize, i64)>>,
    /// Potentials: no pair costs less than those of its row and its column together, and those that are chosen cost as
    /// much.
    of_row: Vec<i64>,
    of_column: Vec<i64>,
    /// The row that a column goes with.
    row_at: Vec<Option<usize>>,
    /// The column that a row goes with.
    column_of: Vec<Option<usize>>,
}

impl State {
    /// Finds a column for one more row along the shortest path of exchanges.
    fn add(&mut self, first: usize) {
        let columns = self.row_at.len();
        let mut cost = vec![i64::MAX; columns];
        let mut from = vec![first; columns];
        let mut done = vec![false; columns];
        let mut seen: Vec<usize> = Vec::new();
        let mut queue = BinaryHeap::new();
        let (mut row, mut so_far) = (first, 0);
        let end = loop {
            for &(column, price) in &self.edges[row] {
                let next = so_far + price - self.of_row[row] - self.of_column[column];
                if !done[column] && next < cost[column] {
                    (cost[column], from[column]) = (next, row);
                    queue.push(Reverse((next, column)));
                }
            }
            let Reverse((least, column)) = queue.pop().expect("a row can always go with none");
            if done[column] {
                continue;
            }
            done[column] = true;
            so_far = least;
            match self.row_at[column] {
                None => break column,
                Some(next) => {
                    seen.push(column);
                    row = next;
                }
            }
        };
        self.of_row[first] += so_far;
        for column in seen {
            let by = so_far - cost[column];
            self.of_column[column] -= by;
            if let Some(row) = self.row_at[column] {
                self.of_row[row] += by;
            }
        }
        let mut column = Some(end);
        while let Some(at) = column {
            let row = from[at];
            self.row_at[at] = Some(row);
            column = self.column_of[row].replace(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The greatest worth of any assignment, by trying all.
    fn best(pairs: &[Vec<Worth>], row: usize, taken: &mut Vec<usize>) -> i64 {
        let Some(own) = pairs.get(row) else { return 0 };
        let mut most = best(pairs, row + 1, taken);
        for &(column, worth) in own {
            if !taken.contains(&column) {
                taken.push(column);
                most = most.max(worth + best(pairs, row + 1, taken));
                taken.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn no_assignment_is_worth_more(
            pairs in proptest::collection::vec(proptest::collection::btree_map(0..5_usize, 1..40_i64, 0..5), 0..6)
        ) {
            let pairs: Vec<Vec<Worth>> = pairs.into_iter().map(|row| row.into_iter().collect()).collect();
            let assigned = assign(&pairs, 5);
            let worth = |(row, column): (usize, &Option<usize>)| {
                column.map_or(0, |column| pairs[row].iter().find(|pair| pair.0 == column).unwrap().1)
            };
            let sum: i64 = assigned.iter().enumerate().map(worth).sum();
            prop_assert_eq!(sum, best(&pairs, 0, &mut Vec::new()));
            let mut columns: Vec<usize> = assigned.into_iter().flatten().collect();
            let count = columns.len();
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!(columns.len(), count);
        }
    }
}
