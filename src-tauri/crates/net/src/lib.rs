//! HTTP for connectors: proxies, endpoint overrides, rate limits, redaction, classes of failure
