/// Every boundary between two stages, in the order of the pipeline: where a test stops the process to see that the next
/// start continues. Compiled away without the feature `failpoints`.
pub const BOUNDARIES: &[&str] = &[
    "ingest.received",
    "ingest.judged",
    "ingest.written",
    "ingest.committed",
    "submit.written",
    "submit.committed",
    "delivery.claimed",
    "delivery.sent",
    "delivery.settled",
    "fetch.downloaded",
    "fetch.renamed",
    "fetch.settled",
];

/// The same for the ways to CRMs and back.
pub const CRM_BOUNDARIES: &[&str] = &[
    "outbox.written",
    "outbox.planned",
    "outbox.intended",
    "outbox.noted",
    "outbox.applied",
    "outbox.settled",
    "replies.polled",
    "replies.committed",
    "replies.confirmed",
    "replies.submitted",
    "replies.told",
];
