"""What can go wrong on the command line before there is a tutor."""


class Unusable(Exception):
    """What was asked for cannot be done; the message says what to do instead."""
