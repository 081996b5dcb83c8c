"""What stands behind the commands of `viva`; with `bot.app`, all of it that composes."""
