//! Things from VK's own pages that people pass on: links, posts, comments, goods, stories, gifts, polls.

use super::picture::{photo_object, picture_address, still};
use super::{Place, shelve};
use crate::letter::{Part, SharedKind};
use crate::vk::state::State;
use crate::vk::state::message::Attachment;
use serde_json::{Value, json};

/// A page as an attachment. A `wall…?reply=…` address is a comment, any other `wall…` a post.
pub(super) fn page(state: &mut State, owner: i64, what: SharedKind, title: &str, url: &str) -> Attachment {
    let shown = Part::Shared {
        what,
        title: title.to_owned(),
        url: url.to_owned(),
    };
    let picture = still("page.png");
    let place = Place::of(state, &picture);
    let (page_owner, page_id) = named_in(url).unwrap_or((-state.home, place.id));
    let photo = photo_object(state, &place, page_owner, &picture);
    let now = state.now();
    let (kind, object) = match what {
        SharedKind::Link => (
            "link",
            json!({"url": url, "title": title, "caption": host(url), "description": title, "photo": photo}),
        ),
        SharedKind::Post => match reply_in(url) {
            Some(reply) => ("wall_reply", comment(page_owner, page_id, reply, owner, title, now)),
            None => ("wall", post(page_owner, page_id, title, &photo, now)),
        },
        SharedKind::Goods => ("market", goods(page_owner, page_id, title, url, &photo, now)),
        SharedKind::Story => ("story", story(page_owner, page_id, &place, &photo, now)),
        SharedKind::Gift => {
            let thumb = |side| picture_address(state, &place.file_key, &picture.name, side, side);
            (
                "gift",
                json!({"id": place.id % 1000, "thumb_48": thumb(48), "thumb_96": thumb(96), "thumb_256": thumb(256)}),
            )
        }
    };
    if matches!(kind, "link" | "gift") {
        return Attachment { kind, object, shown };
    }
    let place = Place { id: page_id, ..place };
    shelve(state, &place, page_owner, kind, object, shown)
}

/// `…wall-1_2` or `…product-1_2`: owner and number.
fn named_in(url: &str) -> Option<(i64, i64)> {
    let path = url.split(['?', '#']).next()?;
    let (owner, id) = path.rsplit('/').next()?.split_once('_')?;
    let digits = owner.find(|c: char| c == '-' || c.is_ascii_digit())?;
    Some((owner.get(digits..)?.parse().ok()?, id.parse().ok()?))
}

fn reply_in(url: &str) -> Option<i64> {
    let (_, query) = url.split_once('?')?;
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "reply")?
        .1
        .parse()
        .ok()
}

fn host(url: &str) -> String {
    url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

/// <https://dev.vk.com/reference/objects/post>
fn post(owner: i64, id: i64, text: &str, photo: &Value, now: i64) -> Value {
    json!({
        "inner_type": "wall_wallpost", "id": id, "owner_id": owner, "from_id": owner, "to_id": owner, "date": now - 3600,
        "post_type": "post", "text": text, "attachments": [{"type": "photo", "photo": photo}],
        "comments": {"count": 0, "can_post": 1}, "likes": {"count": 3, "can_like": 1, "user_likes": 0},
        "reposts": {"count": 0, "user_reposted": 0}, "views": {"count": 120}, "is_favorite": false,
    })
}

fn comment(owner: i64, post: i64, id: i64, from: i64, text: &str, now: i64) -> Value {
    json!({"id": id, "from_id": from, "owner_id": owner, "post_id": post, "date": now - 600, "text": text})
}

/// <https://dev.vk.com/reference/objects/market-item>
fn goods(owner: i64, id: i64, title: &str, url: &str, photo: &Value, now: i64) -> Value {
    let thumb = photo.pointer("/sizes/0/url").cloned().unwrap_or_default();
    json!({
        "id": id, "owner_id": owner, "title": title, "description": title, "date": now, "availability": 0, "url": url,
        "price": {"amount": "250000", "text": "2 500 ₽", "currency": {"id": 643, "name": "RUB", "title": "₽"}},
        "category": {"inner_type": "market_market_category_nested", "id": 1, "name": "Товары"},
        "thumb_photo": thumb, "is_favorite": false,
    })
}

/// A story lives a day.
fn story(owner: i64, id: i64, place: &Place, photo: &Value, now: i64) -> Value {
    json!({
        "id": id, "owner_id": owner, "date": now - 3600, "expires_at": now + 23 * 3600, "type": "photo", "photo": photo,
        "can_see": 1, "is_expired": false, "is_deleted": false, "access_key": place.access_key,
    })
}

/// <https://dev.vk.com/reference/objects/poll>
pub(super) fn poll(state: &mut State, owner: i64, question: &str, options: &[String]) -> Attachment {
    let place = Place::of(state, &still("poll.png"));
    let answers: Vec<Value> = (1i64..)
        .zip(options)
        .map(|(number, text)| json!({"id": place.id + number, "text": text, "votes": 0, "rate": 0.0}))
        .collect();
    let object = json!({
        "id": place.id, "owner_id": owner, "author_id": owner, "question": question, "created": state.now(), "votes": 0,
        "answers": answers, "answer_ids": [], "anonymous": false, "multiple": false, "end_date": 0, "closed": false,
        "is_board": false, "can_edit": false, "can_vote": true, "can_report": true, "can_share": true,
        "disable_unvote": false,
    });
    let shown = Part::Poll {
        question: question.to_owned(),
        options: options.to_vec(),
    };
    shelve(state, &place, owner, "poll", object, shown)
}
