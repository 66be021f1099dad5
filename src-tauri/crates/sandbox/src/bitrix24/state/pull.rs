//! Channels of the push server and what was said in them.
//!
//! <https://apidocs.bitrix24.com/settings/interactivity/custom-push-and-pull-client.html>

use super::State;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Life of a channel, seconds: 12 hours.
const LIFE: i64 = 43_200;
/// How many commands a channel remembers.
const REMEMBERED: usize = 500;

/// The push server.
#[derive(Debug, Default)]
pub(crate) struct Pull {
    pub(crate) channels: Vec<Channel>,
    said: VecDeque<Frame>,
    last: i64,
    /// Rings whenever something is said.
    pub(crate) arrived: Arc<Notify>,
    /// The portal is gone: sockets end.
    pub(crate) gone: CancellationToken,
}

/// A channel of an app, for everybody or for one user.
#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub(crate) id: String,
    pub(crate) public: String,
    pub(crate) app: String,
    pub(crate) user: Option<i64>,
    pub(crate) since: Timestamp,
    pub(crate) until: i64,
}

/// A command in a channel.
#[derive(Debug, Clone)]
struct Frame {
    number: i64,
    channel: String,
    shown: Value,
}

impl Pull {
    /// Everything said in these channels after the command `mid`; nothing of the past without one.
    pub(crate) fn after(&self, channels: &[&str], mid: i64) -> Vec<Value> {
        let wanted = |frame: &&Frame| frame.number > mid && channels.contains(&frame.channel.as_str());
        self.said
            .iter()
            .filter(wanted)
            .map(|frame| frame.shown.clone())
            .collect()
    }

    /// The number of the last command.
    pub(crate) fn last(&self) -> i64 {
        self.last
    }

    fn say(&mut self, channel: &str, text: Value, now: Timestamp) {
        self.last += 1;
        let number = self.last;
        let time = now
            .to_zoned(TimeZone::UTC)
            .strftime("%a, %d %b %Y %H:%M:%S GMT")
            .to_string();
        let shown = json!({
            "id": number, "mid": mid(number), "channel": channel, "tag": number.to_string(), "time": time, "text": text,
            "extra": {
                "server_time": crate::bitrix24::php::date(now), "server_time_unix": now.as_second(), "server_time_ago": 0,
                "revision_web": 19, "revision_mobile": 3, "channel": channel,
            },
        });
        let channel = channel.to_owned();
        self.said.push_back(Frame { number, channel, shown });
        if self.said.len() > REMEMBERED {
            self.said.pop_front();
        }
        self.arrived.notify_waiters();
    }
}

/// The long number of a command, from which history is asked for.
fn mid(number: i64) -> String {
    format!("1452613435{number:016}")
}

/// The short one in it.
pub(crate) fn number(mid: &str) -> Option<i64> {
    mid.get(10..)?.parse().ok()
}

impl State {
    /// The live channel of an app (for everybody, or for one user), opened anew when its time is over.
    pub(crate) fn channel(&mut self, app: &str, user: Option<i64>) -> Channel {
        let now = self.now();
        self.pull.channels.retain(|one| one.until > now);
        let meant = |one: &&Channel| one.app == app && one.user == user;
        if let Some(found) = self.pull.channels.iter().find(meant) {
            return found.clone();
        }
        let channel = Channel {
            id: format!("{}.{}", self.secret(32), self.secret(40)),
            public: format!("{}.{}", self.secret(32), self.secret(40)),
            app: app.to_owned(),
            user,
            since: self.host.clock.now(),
            until: now + LIFE,
        };
        self.pull.channels.push(channel.clone());
        channel
    }

    /// Says a command in an app's channel, if the push server is there and anybody ever opened the channel.
    pub(crate) fn pull_tell(&mut self, app: &str, user: Option<i64>, module: &str, command: &str, params: &Value) {
        let now = self.host.clock.now();
        let meant = |one: &&Channel| one.app == app && one.user == user && one.until > now.as_second();
        let Some(channel) = self.pull.channels.iter().find(meant).map(|one| one.id.clone()) else {
            return;
        };
        if self.portal.push {
            let text = json!({"module_id": module, "command": command, "params": params});
            self.pull.say(&channel, text, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_number_leads_back_to_the_short_one() {
        assert_eq!(number(&mid(320_146)), Some(320_146));
        assert_eq!(number("nonsense"), None);
    }
}
