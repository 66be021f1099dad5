"""python-telegram-bot, unchanged: polling, sending, editing, files, albums, 409, 429."""

import asyncio
import io

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReactionTypeEmoji, Update
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, MessageReactionHandler, filters

from control import Control, directory, wait_for

sandbox = directory()
control = Control(sandbox, "telegram_bot")
BASE, TOKEN = sandbox["telegram_bot"], sandbox["telegram_bot_token"]


def urls(builder):
    return builder.token(TOKEN).base_url(f"{BASE}/bot").base_file_url(f"{BASE}/file/bot")


async def polls_and_answers():
    anna, heard = control.person("Анна", username="anna"), []

    async def echo(update: Update, context):
        message = update.effective_message
        heard.append(message)
        if message.photo:
            picture = await message.photo[-1].get_file()
            heard.append(bytes(await picture.download_as_bytearray()))
        elif message.text:
            await message.reply_text(f"Вы написали: {message.text}", do_quote=True)

    async def pressed(update: Update, context):
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("Оформлено")

    async def reacted(update: Update, context):
        heard.append(update.message_reaction.new_reaction[0].emoji)

    application = urls(Application.builder()).build()
    application.add_handler(MessageReactionHandler(reacted))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(MessageHandler(filters.ALL, echo))
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=10, allowed_updates=Update.ALL_TYPES)
        question = await later(anna.writes, "Диван есть?")
        await until("the echo", lambda: anna.sees() == ["Вы написали: Диван есть?"])
        assert anna.received()[0]["reply_to"] == question
        photo = {"part": "file", "shown_as": "photo", "file": {"sample": "photo"}}
        await later(anna.writes, "Такой", parts=[photo])
        await until("the photo", lambda: isinstance(heard[-1], bytes))
        assert heard[-2].caption == "Такой" and heard[-1][:2] == b"\xff\xd8"
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Да", callback_data="yes")]])
        asked = await application.bot.send_message(anna.chat, "Берёте?", reply_markup=buttons)
        await later(anna.does, "press", message=str(asked.message_id), button="Да")
        await until("the edit", lambda: anna.sees()[-1] == "Оформлено")
        await later(anna.does, "react", message=str(asked.message_id), emoji="🔥")
        await until("the reaction", lambda: heard[-1] == "🔥")
        await application.updater.stop()
        await application.stop()


async def sends_edits_and_refusals():
    anna = control.person("Анна Вторая")
    async with Bot(TOKEN, base_url=f"{BASE}/bot", base_file_url=f"{BASE}/file/bot") as bot:
        assert (await bot.get_me()).username == bot.username
        sent = await bot.send_message(anna.chat, "<b>Цена</b> 5", parse_mode="HTML")
        await sent.edit_text("Цена 6")
        try:
            await sent.edit_text("Цена 6")
            raise AssertionError("the same text again is refused")
        except BadRequest as error:
            assert "not modified" in error.message
        document = await bot.send_document(anna.chat, io.BytesIO(b"%PDF-1.4"), filename="Смета.pdf", caption="Смета")
        file = await document.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"%PDF-1.4"
        picture = bytes((await later(sample, anna)))
        album = await bot.send_media_group(anna.chat, [InputMediaPhoto(picture, caption="Раз"), InputMediaPhoto(picture)])
        assert len({message.media_group_id for message in album}) == 1
        await album[0].edit_caption("Два")
        await bot.set_message_reaction(anna.chat, album[0].message_id, ReactionTypeEmoji("👍"))
        await bot.send_chat_action(anna.chat, "typing")
        await bot.send_location(anna.chat, 55.75, 37.61)
        await bot.send_contact(anna.chat, "+79990001122", "Ольга")
        await bot.delete_message(anna.chat, document.message_id)
        assert (await bot.get_chat(anna.chat)).first_name == "Анна Вторая"
        assert anna.sees() == ["Цена 6", "Два", "", "", ""]
        await later(anna.does, "block")
        try:
            await bot.send_message(anna.chat, "?")
            raise AssertionError("who blocked the bot cannot be reached")
        except Forbidden as error:
            assert "blocked by the user" in error.message


async def trouble():
    boris = control.person("Борис")
    async with Bot(TOKEN, base_url=f"{BASE}/bot") as bot, Bot(TOKEN, base_url=f"{BASE}/bot") as other:
        await later(control.trouble, kind="too_many_requests", retry_after=7, on="sendMessage", times=1)
        try:
            await bot.send_message(boris.chat, "рано")
            raise AssertionError("429 was ordered")
        except RetryAfter as error:
            assert int(error._retry_after.total_seconds()) == 7
        await bot.delete_webhook(drop_pending_updates=True)
        waiting = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.5)
        second = asyncio.create_task(other.get_updates(timeout=3))
        try:
            await waiting
            raise AssertionError("two pollers exclude each other")
        except Conflict as error:
            assert "terminated by other getUpdates request" in error.message
        await second


def sample(anna):
    import urllib.request

    anna.writes("образец", parts=[{"part": "file", "shown_as": "photo", "file": {"sample": "photo"}}])
    message = anna.phone()[-1]["id"]
    with urllib.request.urlopen(f"{control.base}/people/{anna.id}/phone/{anna.chat}/{message}/0") as answer:
        return answer.read()


async def later(function, *arguments, **named):
    return await asyncio.to_thread(function, *arguments, **named)


async def until(what, condition):
    return await asyncio.to_thread(wait_for, what, condition)


async def main():
    await polls_and_answers()
    await sends_edits_and_refusals()
    await trouble()


asyncio.run(main())
