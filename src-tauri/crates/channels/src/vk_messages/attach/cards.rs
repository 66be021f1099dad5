//! Attachments that live elsewhere: posts, comments, goods, links, stories, gifts, calls, polls.

use domain::{Card, Extra};
use serde::Deserialize;

use super::{Id, thing_name};
use crate::vk_messages::{markup, names::Names, wire::or_default};

/// <https://dev.vk.com/reference/objects/post>
#[derive(Deserialize)]
pub(super) struct Post {
    id: i64,
    /// `to_id` in some answers.
    #[serde(default)]
    owner_id: Option<i64>,
    #[serde(default)]
    to_id: Option<i64>,
    #[serde(default)]
    from_id: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    text: String,
    /// The post that this one passes on.
    #[serde(default, deserialize_with = "or_default")]
    copy_history: Vec<Post>,
}

/// A repost: the author, the words, the way there.
pub(super) fn post(post: &Post, names: &Names) -> Card {
    let owner = post.owner_id.or(post.to_id).or(post.from_id).unwrap_or_default();
    let original = post.copy_history.first();
    let words = Some(post.text.as_str())
        .filter(|text| !text.is_empty())
        .or(original.map(|post| post.text.as_str()));
    Card {
        what: "wall".to_owned(),
        title: names.name_or_address(post.from_id.unwrap_or(owner)),
        text: words.and_then(shown),
        url: Some(format!("https://vk.com/{}", thing_name("wall", owner, post.id))),
        price: None,
    }
}

/// <https://dev.vk.com/reference/objects/comment>
#[derive(Deserialize)]
pub(super) struct Comment {
    id: i64,
    from_id: i64,
    #[serde(default, deserialize_with = "or_default")]
    owner_id: i64,
    #[serde(default, deserialize_with = "or_default")]
    post_id: i64,
    #[serde(default, deserialize_with = "or_default")]
    text: String,
}

pub(super) fn comment(comment: &Comment, names: &Names) -> Card {
    let post = thing_name("wall", comment.owner_id, comment.post_id);
    Card {
        what: "wall_reply".to_owned(),
        title: names.name_or_address(comment.from_id),
        text: shown(&comment.text),
        url: Some(format!("https://vk.com/{post}?reply={}", comment.id)),
        price: None,
    }
}

/// <https://dev.vk.com/reference/objects/market-item>
#[derive(Deserialize)]
pub(super) struct Goods {
    #[serde(flatten)]
    id: Id,
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    description: String,
    #[serde(default)]
    price: Option<Price>,
    #[serde(default)]
    url: Option<String>,
}

#[derive(Deserialize)]
struct Price {
    #[serde(default, deserialize_with = "or_default")]
    text: String,
}

pub(super) fn goods(goods: Goods) -> Option<Card> {
    let Id { owner_id, id } = goods.id;
    Some(Card {
        what: "market".to_owned(),
        text: shown(&goods.description).filter(|text| *text != goods.title),
        title: goods.title,
        url: goods
            .url
            .or_else(|| Some(format!("https://vk.com/market{owner_id}?w=product{owner_id}_{id}"))),
        price: goods.price.map(|price| price.text).filter(|text| !text.is_empty()),
    })
}

#[derive(Deserialize)]
pub(super) struct GoodsAlbum {
    #[serde(flatten)]
    id: Id,
    title: String,
}

pub(super) fn goods_album(album: GoodsAlbum) -> Option<Card> {
    let Id { owner_id, id } = album.id;
    Some(Card {
        what: "market".to_owned(),
        title: album.title,
        text: None,
        url: Some(format!("https://vk.com/market{owner_id}?section=album_{id}")),
        price: None,
    })
}

/// <https://dev.vk.com/reference/objects/link>
#[derive(Deserialize)]
pub(super) struct Link {
    url: String,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    description: String,
    #[serde(default)]
    product: Option<Product>,
}

#[derive(Deserialize)]
struct Product {
    #[serde(default)]
    price: Option<Price>,
}

pub(super) fn link(link: Link) -> Option<Card> {
    let title = if link.title.is_empty() {
        without_scheme(&link.url).to_owned()
    } else {
        link.title
    };
    Some(Card {
        what: "link".to_owned(),
        text: shown(&link.description).filter(|text| *text != title),
        title,
        url: Some(link.url),
        price: link.product.and_then(|product| product.price).map(|price| price.text),
    })
}

/// <https://dev.vk.com/reference/objects/story>
#[derive(Deserialize)]
pub(super) struct Story {
    #[serde(flatten)]
    id: Id,
    #[serde(default)]
    access_key: Option<String>,
}

/// The story that a message answers or passes on.
pub(super) fn story(story: &Story, names: &Names) -> Card {
    let thing = thing_name("story", story.id.owner_id, story.id.id);
    let key = story
        .access_key
        .as_ref()
        .map(|key| format!("?access_key={key}"))
        .unwrap_or_default();
    Card {
        what: "story".to_owned(),
        title: names.name_or_address(story.id.owner_id),
        text: None,
        url: Some(format!("https://vk.com/{thing}{key}")),
        price: None,
    }
}

/// A gift: its picture comes as a file, its words as the message's text.
pub(super) fn gift() -> Card {
    Card {
        what: "gift".to_owned(),
        title: "🎁".to_owned(),
        text: None,
        url: None,
        price: None,
    }
}

/// <https://dev.vk.com/reference/objects/call>
#[derive(Deserialize)]
pub(super) struct Call {
    #[serde(default, deserialize_with = "or_default")]
    duration: i64,
    #[serde(default, deserialize_with = "or_default")]
    video: bool,
}

/// A call: its length, or nothing when nobody answered.
pub(super) fn call(call: &Call) -> Card {
    let mark = if call.video { "🎥" } else { "📞" };
    let (minutes, seconds) = (call.duration / 60, call.duration % 60);
    Card {
        what: "call".to_owned(),
        title: mark.to_owned(),
        text: (call.duration > 0).then(|| format!("{minutes}:{seconds:02}")),
        url: None,
        price: None,
    }
}

/// <https://dev.vk.com/reference/objects/poll>
#[derive(Deserialize)]
pub(super) struct Poll {
    question: String,
    #[serde(default, deserialize_with = "or_default")]
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default, deserialize_with = "or_default")]
    text: String,
}

pub(super) fn poll(poll: Poll) -> Option<Extra> {
    Some(Extra::Poll {
        question: poll.question,
        options: poll.answers.into_iter().map(|answer| answer.text).collect(),
    })
}

fn shown(text: &str) -> Option<String> {
    let (text, _) = markup::plain(text.trim());
    Some(text).filter(|text| !text.is_empty())
}

fn without_scheme(url: &str) -> &str {
    url.strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .unwrap_or(url)
}
