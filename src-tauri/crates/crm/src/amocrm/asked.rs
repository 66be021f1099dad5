//! How a lead is right now, asked together: who waits for the same turn shares one call. Every message of a chat wants
//! to know whether its lead is still open; a call for each would leave the account's rate to questions.

use contracts::crm::Urgency;
use tokio::sync::{Mutex, oneshot};

use super::{errors::ApiError, link::AmoLink, wire::Lead};

type Answer = Result<Option<Lead>, ApiError>;

/// Those who want to know, by urgency: a person's question must not wait behind a backlog's.
#[derive(Debug, Default)]
pub(super) struct Asked {
    reply: Desk,
    live: Desk,
    history: Desk,
}

#[derive(Debug, Default)]
struct Desk {
    waiting: Mutex<Vec<(i64, oneshot::Sender<Answer>)>>,
    /// Held by the one who asks for all.
    asking: Mutex<()>,
}

impl Asked {
    const fn desk(&self, urgency: Urgency) -> &Desk {
        match urgency {
            Urgency::Reply => &self.reply,
            Urgency::Live => &self.live,
            Urgency::History => &self.history,
        }
    }
}

impl AmoLink {
    /// The lead as amoCRM lists it after this was called. `None` where it is gone, or nobody has taken it.
    pub(super) async fn lead_now(&self, id: i64, urgency: Urgency) -> Answer {
        let desk = self.asked.desk(urgency);
        loop {
            let (tell, mut told) = oneshot::channel();
            desk.waiting.lock().await.push((id, tell));
            let asking = tokio::select! {
                biased;
                Ok(answer) = &mut told => return answer,
                asking = desk.asking.lock() => asking,
            };
            match told.try_recv() {
                Ok(answer) => return answer,
                Err(oneshot::error::TryRecvError::Empty) => self.ask_for_all(desk, urgency).await,
                // Whoever asked for us was cut off.
                Err(oneshot::error::TryRecvError::Closed) => {}
            }
            drop(asking);
            if let Ok(answer) = told.try_recv() {
                return answer;
            }
        }
    }

    async fn ask_for_all(&self, desk: &Desk, urgency: Urgency) {
        let waiting = std::mem::take(&mut *desk.waiting.lock().await);
        let mut ids: Vec<i64> = waiting.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let leads = self.leads(&ids, urgency).await;
        for (id, tell) in waiting {
            let answer = leads.as_ref().map(|leads| leads.get(&id).cloned());
            // Nobody waits any more where that call was cut off.
            let _ = tell.send(answer.map_err(Clone::clone));
        }
    }
}
