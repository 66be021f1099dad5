//! What the engine asks of the outside: channels, secrets, the clock
