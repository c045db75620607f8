//! Floor 7: the preview of a portal while its writers work on it; the only floor with sockets and threads of its own.

pub mod client;
pub mod engine;
pub mod http;
pub mod watch;
