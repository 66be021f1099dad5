//! The same router over HTTP and server-sent events on 127.0.0.1
