//! Sheets to the list, one step a file.
