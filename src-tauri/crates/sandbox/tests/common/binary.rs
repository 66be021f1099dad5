//! The sandbox as a program of its own.

use serde_json::{Map, Value};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running program; it ends with the value.
#[derive(Debug)]
pub struct Program {
    child: Child,
    /// The first line of its output.
    pub directory: Map<String, Value>,
}

impl Program {
    /// Starts it with these arguments and waits for the first line.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it has an output"))
            .read_line(&mut line)
            .expect("a line");
        Self {
            child,
            directory: serde_json::from_str(&line).expect("the line is one JSON object"),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
