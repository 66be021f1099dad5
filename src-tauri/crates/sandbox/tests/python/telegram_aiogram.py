"""aiogram, unchanged: start_polling, sending, editing, files, albums, 429."""

import asyncio
import io

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import BufferedInputFile, InputMediaPhoto, Message, MessageReactionUpdated, ReactionTypeEmoji

from control import Control, directory, wait_for

sandbox = directory()
control = Control(sandbox, "telegram_bot")
anna = control.person("Анна", last_name="Ковалёва", username="anna_k")
dispatcher, heard = Dispatcher(), []


@dispatcher.message(F.text)
async def echo(message: Message):
    await message.reply(f"Вы написали: {message.text}")


@dispatcher.message()
async def other(message: Message, bot: Bot):
    heard.append(message.content_type)
    if message.photo:
        heard.append((await bot.download(message.photo[-1])).read())


@dispatcher.edited_message()
async def edited(message: Message):
    heard.append(f"исправлено: {message.text}")


@dispatcher.message_reaction()
async def reacted(update: MessageReactionUpdated):
    heard.append(update.new_reaction[0].emoji)


def file(kind, sample="photo"):
    return {"part": "file", "shown_as": kind, "file": {"sample": sample}}


async def every_kind_is_read():
    for part in [
        file("photo"), file("document"), file("video"), file("animation"), file("audio"), file("voice"),
        file("video_note"), file("sticker"),
        {"part": "location", "latitude": 55.7, "longitude": 37.6},
        {"part": "venue", "latitude": 55.7, "longitude": 37.6, "title": "Салон", "address": "Арбат, 1"},
        {"part": "contact", "phone": "+79990001122", "first_name": "Анна", "own": True},
        {"part": "poll", "question": "Где?", "options": ["тут", "там"]},
        {"part": "dice", "emoji": "🎲", "value": 3},
    ]:
        await later(anna.does, "write", parts=[part])
    kinds = ["photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker", "location", "venue",
             "contact", "poll", "dice"]
    await until("every kind", lambda: [kind for kind in heard if isinstance(kind, str)] == kinds)
    assert next(item for item in heard if isinstance(item, bytes))[:2] == b"\xff\xd8"


async def talk(bot):
    question = await later(anna.writes, "Диван есть?")
    await until("the echo", lambda: anna.sees() == ["Вы написали: Диван есть?"])
    await every_kind_is_read()
    await later(anna.does, "edit", message=question, text="Кресло есть?")
    await until("the edit", lambda: heard[-1] == "исправлено: Кресло есть?")
    sent = await bot.send_message(anna.chat, "<i>Есть</i>", parse_mode="HTML")
    await later(anna.does, "react", message=str(sent.message_id), emoji="👍")
    await until("the reaction", lambda: heard[-1] == "👍")
    await sent.edit_text("Есть два")
    picture = next(item for item in heard if isinstance(item, bytes))
    photo = lambda: BufferedInputFile(picture, "divan.jpg")
    album = await bot.send_media_group(anna.chat, [InputMediaPhoto(media=photo(), caption="Раз"), InputMediaPhoto(media=photo())])
    assert album[0].media_group_id == album[1].media_group_id
    document = await bot.send_document(anna.chat, BufferedInputFile(b"%PDF-1.4", "Смета.pdf"))
    assert (await bot.download(document.document, io.BytesIO())).getvalue() == b"%PDF-1.4"
    await bot.set_message_reaction(anna.chat, int(question), [ReactionTypeEmoji(emoji="❤")])
    chat = await bot.get_chat(anna.chat)
    assert (chat.first_name, chat.last_name, chat.active_usernames) == ("Анна", "Ковалёва", ["anna_k"])
    assert anna.sees() == ["Вы написали: Диван есть?", "Есть два", "Раз", "", ""]


async def refusals(bot):
    await later(control.trouble, kind="too_many_requests", retry_after=3, on="sendMessage", times=1)
    for error, text in [(TelegramRetryAfter, "рано"), (TelegramBadRequest, "ж" * 4097)]:
        try:
            await bot.send_message(anna.chat, text)
            raise AssertionError("a refusal was due")
        except error:
            pass
    await later(anna.does, "block")
    try:
        await bot.send_message(anna.chat, "?")
        raise AssertionError("who blocked the bot cannot be reached")
    except TelegramForbiddenError as error:
        assert "bot was blocked by the user" in error.message


async def later(function, *arguments, **named):
    return await asyncio.to_thread(function, *arguments, **named)


async def until(what, condition):
    return await asyncio.to_thread(wait_for, what, condition)


async def main():
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox["telegram_bot"]))
    async with Bot(sandbox["telegram_bot_token"], session=session) as bot:
        polling = asyncio.create_task(dispatcher.start_polling(bot, polling_timeout=3, handle_signals=False, close_bot_session=False))
        await talk(bot)
        await refusals(bot)
        await dispatcher.stop_polling()
        await polling


asyncio.run(main())
