"""What `heard` can do, one file a command: `add_arguments` says what it takes, `run` does it."""


class CannotRun(Exception):
    """A command cannot do what it was asked for. The message tells the operator why."""
