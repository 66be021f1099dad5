"""A bot on vkbottle, unchanged but for its API address, until somebody writes «стоп».

Arguments: base address, token, group id (the library finds it by itself), path of a picture.
"""

import asyncio
import sys

from vkbottle import Callback, GroupEventType, Keyboard, PhotoMessageUploader
from vkbottle.bot import Bot, Message, MessageEvent


def handlers(bot, picture):
    @bot.on.message(text="фото")
    async def photo(message: Message):
        attachment = await PhotoMessageUploader(bot.api).upload(picture, peer_id=message.peer_id)
        await message.answer(attachment=attachment)

    @bot.on.message(text="кнопка")
    async def button(message: Message):
        keyboard = Keyboard(inline=True).add(Callback("Цена", payload={"ask": "price"}))
        await message.answer("Что показать?", keyboard=keyboard)

    @bot.on.raw_event(GroupEventType.MESSAGE_EVENT, dataclass=MessageEvent)
    async def pressed(event: MessageEvent):
        await event.show_snackbar("2500")
        await event.send_message(f"Спросили: {event.payload['ask']}")

    @bot.on.message(text="исправь")
    async def edit(message: Message):
        sent = await message.answer("С ошибкой")
        await bot.api.messages.edit(
            peer_id=message.peer_id, cmid=sent.conversation_message_id, message="Без ошибки"
        )

    @bot.on.message(text="стоп")
    async def stop(message: Message):
        await message.answer("До свидания")
        bot.polling.stop()

    @bot.on.message()
    async def echo(message: Message):
        user = await message.get_user()
        await message.reply(f"{user.first_name}: {message.text}")


async def main(base, token, picture):
    bot = Bot(token=token)
    bot.api.API_URL = base + "/method/"
    handlers(bot, picture)
    get_server = bot.polling.get_server

    async def announced():
        server = await get_server()
        print("ready", flush=True)
        return server

    bot.polling.get_server = announced
    bot.polling.wait = 1
    await bot.run_polling()
    await bot.api.http_client.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[4]))
