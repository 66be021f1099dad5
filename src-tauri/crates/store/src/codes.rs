//! How enums stand in columns. Numbers are for good: never reuse one, never change its meaning.

use domain::{
    AttachmentKind, ConversationKind, CrmOperation, DeliveryState, Direction, FetchState, PreviewKind, Reachability,
    ReplyState, SyncState, Tick, Verdict,
};

macro_rules! codes {
    ($($name:ident: $type:ident { $($variant:ident = $code:literal),* $(,)? } else $fallback:ident;)*) => {$(
        pub(crate) mod $name {
            use super::$type;

            pub(crate) const fn code(value: $type) -> i64 {
                match value { $($type::$variant => $code),* }
            }

            /// A code of a newer version reads as the most harmless one.
            pub(crate) const fn read(code: i64) -> $type {
                match code { $($code => $type::$variant,)* _ => $type::$fallback }
            }
        }
    )*};
}

codes! {
    direction: Direction { In = 0, Out = 1, System = 2 } else System;
    tick: Tick { Sending = 0, Error = 1, Sent = 2, Delivered = 3, Read = 4 } else Sent;
    conversation_kind: ConversationKind { Direct = 0, Group = 1, Comments = 2 } else Direct;
    reachability: Reachability { Open = 0, Blocked = 1 } else Open;
    attachment_kind: AttachmentKind {
        Image = 0, Video = 1, Animation = 2, VideoNote = 3, Audio = 4, Voice = 5, Document = 6, Sticker = 7,
    } else Document;
    fetch_state: FetchState { Remote = 0, Local = 1, Failed = 2, Elsewhere = 3 } else Failed;
    delivery_state: DeliveryState {
        Queued = 0, Sending = 1, Parked = 2, Sent = 3, Failed = 4, Uncertain = 5, Cancelled = 6,
    } else Uncertain;
    crm_operation: CrmOperation { Message = 0, Edit = 1, Delete = 2, Receipt = 3 } else Message;
    sync_state: SyncState {
        Queued = 0, Exported = 1, Discarded = 2, Filtered = 3, Skipped = 4, Failed = 5,
    } else Discarded;
    reply_state: ReplyState { Queued = 0, Sent = 1, Failed = 2 } else Failed;
    preview_kind: PreviewKind {
        Text = 0, Image = 1, Video = 2, Animation = 3, Audio = 4, Voice = 5, Document = 6, Sticker = 7, Location = 8,
        Contact = 9, Poll = 10, Card = 11, Forwarded = 12, Unsupported = 13,
    } else Unsupported;
    verdict: Verdict { Pass = 0, Filtered = 1, Held = 2 } else Pass;
}
