//! The command `pullquote`.

fn main() {}
