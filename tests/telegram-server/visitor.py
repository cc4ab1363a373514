"""The visit of visitors.ts with python-telegram-bot: python3 visitor.py URL TOKEN."""

import base64
import sys

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)


# One white pixel.
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)


async def start(update, context):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("زر", callback_data="tapped")]])
    await update.message.reply_text("<b>أهلاً</b>", parse_mode="HTML", reply_markup=keyboard)


async def tapped(update, context):
    query = update.callback_query
    await query.answer("نعم")
    await query.edit_message_text("بعد الضغط")
    await query.message.reply_document("نص".encode(), filename="source.txt", caption="ملف")
    await query.message.reply_photo(PHOTO, filename="map.png", caption="صورة")


async def edited(update, context):
    await update.edited_message.reply_text(f"صُحّح: {update.edited_message.text}")


async def asked(update, context):
    card = InlineQueryResultArticle("1", "بطاقة", InputTextMessageContent("خبر"))
    await update.inline_query.answer([card], cache_time=0, is_personal=True)


async def ready(application):
    print("ready", flush=True)


url, token = sys.argv[1:3]
application = (
    ApplicationBuilder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").post_init(ready).build()
)
application.add_handler(CommandHandler("start", start))
application.add_handler(CallbackQueryHandler(tapped, "tapped"))
application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited))
application.add_handler(InlineQueryHandler(asked))
application.run_polling(timeout=5)
