//! The editions: each format turns values into bytes and knows only its own syntax.
