//! Simulators of every remote service, written from the vendors' documents
