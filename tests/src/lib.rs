//! The world in which the scenarios play.
