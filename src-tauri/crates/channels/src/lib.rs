//! One folder per network that speaks HTTP
