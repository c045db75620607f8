//! How much is rendered after the edits that people make most: exactly what shows something else since,
//! and what is known to be rendered in vain.

mod pages;
#[cfg(feature = "images")]
mod pictures;
mod portal;
mod site;
