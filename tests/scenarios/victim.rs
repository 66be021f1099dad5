//! A program that dies on order.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tests::{World, eventually};

/// The program in a process of its own.
pub(crate) struct Victim(Child);

impl Victim {
    /// Dies at the boundary, by its own hand.
    pub(crate) fn start(world: &World, boundary: &str) -> Self {
        Self::begin(world, &[boundary, "1"])
    }

    /// Lives until it is killed.
    pub(crate) fn alive(world: &World) -> Self {
        Self::begin(world, &[])
    }

    fn begin(world: &World, order: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_victim"));
        command.arg(world.place.file()).args(order);
        if let Some(began) = world.began() {
            command.env("STORY_BEGAN", began.to_string());
        }
        Self(
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        )
    }

    /// The same call until it is answered or the program is dead: the window does not know which it will be.
    pub(crate) fn keeps_asking(&mut self, call: &str, payload: &Value) {
        let mut input = self.0.stdin.take().unwrap();
        let order = json!({ "call": call, "payload": payload }).to_string();
        let mut answers = BufReader::new(self.0.stdout.take().unwrap()).lines();
        std::thread::spawn(move || {
            // A dead program closes the pipe.
            while writeln!(input, "{order}").is_ok() && answers.next().is_some_and(|line| line.is_ok()) {}
        });
    }

    /// One call, whatever comes of it.
    pub(crate) fn asks(&mut self, call: &str, payload: &Value) {
        let order = json!({ "call": call, "payload": payload });
        writeln!(self.0.stdin.as_mut().unwrap(), "{order}").unwrap();
    }

    /// `kill -9`.
    pub(crate) fn killed(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    pub(crate) async fn dies(mut self, boundary: &str) {
        let what = format!("death at {boundary}");
        let child = std::cell::RefCell::new(&mut self.0);
        let ended = eventually(&what, || async { child.borrow_mut().try_wait().unwrap() }).await;
        assert!(!ended.success(), "{boundary} was never reached");
    }
}
