//! How much is rendered after the edits that people make most: exactly what shows something else since,
//! and what is known to be rendered in vain.

mod pages;
mod portal;
mod site;
