//! The pipeline: supervise connectors, take messages in, send messages out
