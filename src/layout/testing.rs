//! A font for tests: full-width characters are squares, ASCII is half as wide.

use super::{Metrics, TextRole};

pub(crate) struct Square;

impl Metrics for Square {
    fn advance(&self, cluster: &str) -> i32 {
        if cluster.is_ascii() { 500 } else { 1000 }
    }

    fn covers(&self, cluster: &str) -> bool {
        cluster != "𠮷"
    }

    fn ascent(&self) -> i32 {
        880
    }

    fn descent(&self) -> i32 {
        120
    }

    fn of(&self, _role: TextRole) -> &dyn Metrics {
        self
    }
}
