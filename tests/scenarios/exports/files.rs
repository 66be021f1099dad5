use std::{fs, io::Read};

use domain::{At, Content, Direction, Extra};
use jiff::tz::TimeZone;
use reports::{
    Period,
    export::{Format, MessagesWish, What, Wish, write},
};
use sandbox::{FileKind, Letter};
use serde_json::{Value, json};
use store::reports::{
    reading::{ExportedMessage, Reader},
    rows,
};
use tests::{Shelf, Words, World};

use super::{AWKWARD, a_talk, openpyxl, orders, path};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn openpyxl_reads_the_cells_that_the_store_holds() {
    let world = World::start().await;
    a_talk(&world).await;
    let olga = world.operator();
    let estimate = olga
        .does(
            "exports.estimate",
            json!({ "first_day": "2020-01-01", "last_day": "2029-12-30" }),
        )
        .await;
    assert_eq!(estimate["rows"], AWKWARD.len() as i64 + 2);
    let columns = json!([
        "channel",
        "client",
        "content",
        "written",
        "context",
        "operator",
        "message_id"
    ]);
    let row = orders(&olga, json!({ "columns": columns })).await;
    assert_eq!(
        (&row["rows"], &row["empty"]),
        (&json!(AWKWARD.len() + 2), &json!(false))
    );
    assert_eq!(row["bytes"], fs::metadata(path(&row)).unwrap().len());

    let sheets = openpyxl(&path(&row));
    let sheet = &sheets[0];
    assert_eq!(
        (sheets.len(), &sheet["frozen"], &sheet["filter"]),
        (1, &json!("A2"), &json!("A1:G15"))
    );
    assert_eq!(sheet["rows"][0][2], "Содержимое");
    assert_eq!(sheet["formulas"], json!([]));
    let everything = everything(&world).await;
    let read = sheet["rows"].as_array().unwrap().iter().skip(1);
    for (cells, message) in read.zip(&everything) {
        assert_eq!(*cells, expected(message), "{}", message.text);
    }
    let quoted: Vec<&str> = sheet["quoted"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .filter(|cell| cell.starts_with('C'))
        .collect();
    assert_eq!(quoted, ["C2", "C3", "C4", "C5", "C6"]);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_chosen_channels_are_read_however_much_of_others_stands_between() {
    let mut shelf = Shelf::open().await;
    let (shop, office) = (shelf.connects("Магазин").await, shelf.connects("Офис").await);
    for (n, account) in (1..).zip([office, office, shop, office, shop]) {
        let words = Words {
            account,
            person: "Анна",
            thread: u64::try_from(account.0).unwrap(),
            direction: Direction::In,
            author: None,
            automatic: false,
            at: At(1_700_000_000_000 + n),
            content: Content::plain(format!("слово {n}")),
        };
        shelf.put(words).await;
    }
    let selection = rows::Selection {
        account_ids: vec![shop],
        to: At(i64::MAX),
        ..rows::Selection::default()
    };
    let mut reader = Reader::new(shelf.store.read(), &selection);
    let mut read = Vec::new();
    while let Some(message) = reader.page(1).await.unwrap().pop() {
        read.push((message.text, message.thread.account.clone().unwrap()));
    }
    let shops = |text: &str| (text.to_owned(), "Магазин".to_owned());
    assert_eq!(read, [shops("слово 3"), shops("слово 5")]);
}

async fn everything(world: &World) -> Vec<ExportedMessage> {
    let all = rows::Selection {
        to: At(i64::MAX),
        ..rows::Selection::default()
    };
    let mut reader = Reader::new(world.app.engine().store().read(), &all);
    reader.page(1000).await.unwrap()
}

fn expected(message: &ExportedMessage) -> Value {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let written = zone.to_datetime(jiff::Timestamp::from_second(message.sent_at.secs()).unwrap());
    let outgoing = message.direction == Direction::Out;
    let context = if outgoing {
        "Личное (исх)"
    } else {
        "Личное (вх)"
    };
    let operator = message.author.as_ref().filter(|_| outgoing);
    json!([
        message.thread.account,
        message.thread.client,
        message.text,
        written.to_string(),
        context,
        operator,
        message.id
    ])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_in_the_context_can_be_clicked() {
    let mut shelf = Shelf::open().await;
    let post = Extra::Card(domain::Card {
        what: "wall".to_owned(),
        title: "Запись".to_owned(),
        text: None,
        url: Some("https://vk.com/wall-1_2".to_owned()),
        price: None,
    });
    let account = shelf.connects("ВКонтакте").await;
    let words = Words {
        account,
        person: "Анна",
        thread: 0,
        direction: Direction::In,
        author: None,
        automatic: false,
        at: At(1_700_000_000_000),
        content: Content {
            text: "Сколько стоит?".to_owned(),
            extras: vec![post],
            ..Content::default()
        },
    };
    shelf.put(words).await;
    let wish = Wish {
        what: What::Messages(MessagesWish::default()),
        period: Period::parse("2023-11-01", "2023-11-30").unwrap(),
        account_ids: vec![account],
        format: Format::Xlsx,
        language: "ru".to_owned(),
        zone: "Europe/Moscow".to_owned(),
    };
    let folder = shelf.place.exports();
    let order = shelf.uid();
    let written = write(
        &shelf.store,
        &wish,
        &folder,
        order,
        std::sync::Arc::default(),
        &tokio_util::sync::CancellationToken::new(),
    )
    .await
    .unwrap();
    assert_eq!(written.rows, 1);
    written.place.stand("пост.xlsx").unwrap();
    let sheet = openpyxl(&folder.join("пост.xlsx")).remove(0);
    assert_eq!(sheet["links"], json!({ "E2": "https://vk.com/wall-1_2" }));
    assert_eq!(sheet["rows"][1][4], "Личное (вх)");
    assert_eq!(sheet["rows"][1][2], "Сколько стоит?\nЗапись, https://vk.com/wall-1_2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn csv_runs_no_formula_and_json_changes_no_letter() {
    let world = World::start().await;
    a_talk(&world).await;
    let olga = world.operator();
    let csv = orders(&olga, json!({ "format": "csv", "columns": ["client", "content"] })).await;
    let text = fs::read_to_string(path(&csv)).unwrap();
    let lines = text.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(
        lines.starts_with("Клиент;Содержимое\r\nАнна =Котова;'=1+1\r\nАнна =Котова;'+7 900 000-00-23\r\n"),
        "{lines}"
    );
    assert!(
        lines.contains("\"строка\nвторая \"\"в кавычках\"\"; и точка\""),
        "{lines}"
    );
    assert!(lines.contains(";'＝SUM(A1)\r\n") && lines.contains(";'@имя\r\n") && lines.contains(";'-скидка\r\n"));

    let jsonl = orders(&olga, json!({ "format": "jsonl", "columns": ["content", "direction"] })).await;
    let texts: Vec<Value> = fs::read_to_string(path(&jsonl))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["content"].clone())
        .collect();
    let told: Vec<Value> = everything(&world)
        .await
        .into_iter()
        .map(|message| message.text.into())
        .collect();
    assert_eq!(texts, told);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_show_the_talk_with_its_pictures_and_run_nothing() {
    let world = World::start().await;
    let anna = world.customer("vk", "Анна/Котова");
    anna.writes("<script>alert('привет')</script>").unwrap();
    let photo = Letter::file(FileKind::Photo, sandbox::samples::photo());
    anna.sends(photo.captioned("Вот наша кухня")).unwrap();
    let olga = world.operator();
    let talk = olga.sees("наша кухня").await;
    olga.waits_for(talk, "photo", |message| message["files"][0]["state"] == "local")
        .await;
    world.customer("telegram_bot", "Павел").writes("Колодки").unwrap();
    olga.sees("Колодки").await;

    let row = orders(&olga, json!({ "format": "html" })).await;
    let mut archive = zip::ZipArchive::new(fs::File::open(path(&row)).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(
        names.iter().all(|name| !name.starts_with('/') && !name.contains("..")),
        "{names:?}"
    );
    let page = names
        .iter()
        .find(|name| name.starts_with("Анна_Котова_"))
        .unwrap_or_else(|| panic!("{names:?}"));
    let mut text = String::new();
    archive.by_name(page).unwrap().read_to_string(&mut text).unwrap();
    assert!(
        text.contains("&lt;script&gt;alert(&#39;привет&#39;)") && !text.contains("<script"),
        "{text}"
    );
    let picture = names.iter().find(|name| name.starts_with("media/")).unwrap();
    assert!(text.contains(&format!("src=\"{picture}\"")), "{picture} {text}");
    assert!(archive.by_name(picture).unwrap().size() > 500);
    let mut index = String::new();
    archive
        .by_name("index.html")
        .unwrap()
        .read_to_string(&mut index)
        .unwrap();
    assert!(index.contains("Павел") && index.contains("Анна/Котова"), "{index}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_of_the_figures_opens_as_a_spreadsheet() {
    let world = World::start().await;
    a_talk(&world).await;
    let olga = world.operator();
    let order = json!({ "table": "channels", "first_day": "2020-01-01", "last_day": "2029-12-30" });
    olga.does("analytics.overview", order.clone()).await;
    for table in ["days", "channels", "operators", "answers", "hours", "sources"] {
        let mut order = order.clone();
        order["table"] = table.into();
        let id = olga.does("analytics.export", order).await["export_id"].clone();
        let row = super::sees(&olga, &id, "done").await;
        assert_eq!(row["table"], table);
        let sheet = openpyxl(&path(&row)).remove(0);
        assert!(sheet["rows"].as_array().unwrap().len() > 1, "{table} {sheet}");
        if table == "channels" {
            let vk = sheet["rows"]
                .as_array()
                .unwrap()
                .iter()
                .find(|row| row[3] == AWKWARD.len())
                .expect("a channel");
            assert_eq!(vk[1], 1, "{sheet}");
        }
    }
    world.stop().await;
}
