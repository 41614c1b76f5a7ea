//! Files to sheets: the only place that names calamine.
