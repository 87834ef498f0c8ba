"""Why something cannot be saved as it was typed, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from heard.placeholders.wrong import WrongWording
from heard.replies.facts import BadFact
from heard.replies.folders import BadFolder
from heard.uploads.upload import BadFile


def wording_words(wrong: WrongWording) -> str:
    return _(wrong.reason) % wrong.params


def fact_words(bad: BadFact) -> str:
    words = {
        ("titles", "missing"): _("Give it a title in at least one language."),
        ("titles", "long"): _("A title has 120 characters at most."),
        ("shortcut", "form"): _("Letters, digits, hyphens and underscores, 40 at most and no spaces."),
        ("shortcut", "taken"): _("Another saved reply has this shortcut."),
        ("tags", "many"): _("20 tags at most, each of 40 characters at most."),
    }
    return words.get((bad.field, bad.code)) or _("Choose something else here.")


def file_words(bad: BadFile) -> str:
    words = {
        "empty": _("The file is empty."),
        "size": _("A file may have 25 MB at most."),
        "programme": _("The file could run on the customer's computer. Such files are not sent."),
        "pixels": _("The picture has too many pixels. Make it smaller first."),
        "many": _("A saved reply takes 10 files at most."),
    }
    return words.get(bad.code) or _("The file is broken. Save it anew and try again.")


def folder_words(bad: BadFolder) -> str:
    words = {
        "name": _("Give the folder a name of 80 characters at most."),
        "taken": _("There is a folder of this name already."),
        "many": _("There are too many folders."),
        "deep": _("Folders lie at most four deep in each other."),
        "circle": _("A folder cannot lie in itself."),
        "full": _("There are folders in it. Move or remove them first."),
    }
    return words.get(bad.code) or _("This folder is no longer there.")
