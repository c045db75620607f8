//! Floor 0: paths, languages, slugs, text, lists, dates and hashes; it knows no type of the project.

pub mod checksum;
pub mod date;
pub mod digits;
pub mod hash;
pub mod lang;
pub mod lists;
pub mod path;
pub mod shared;
pub mod similar;
pub mod slug;
pub mod text;
pub mod words;
