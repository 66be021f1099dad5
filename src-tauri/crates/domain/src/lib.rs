//! Plain types and pure rules: no async, no I/O, no clock
