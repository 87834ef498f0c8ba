"""The decision, row by row. A variant is written "cs formal public normal", a text stands after a colon."""

from __future__ import annotations

from heard.replies.pick import Because, Wanted, choose
from heard.replies.ways import Way


def said(written: str) -> tuple[Way, str]:
    facts, _colon, text = written.partition(":")
    return Way(*facts.split()), text.strip() or "Text."


def wanted(asked: str, **more: object) -> Wanted:
    language, formality, audience = asked.split()
    public = audience == "public"
    return Wanted("" if language == "?" else language, formality, audience, public, **more)  # type: ignore[arg-type]


STALE, PERSONAL = "Stale.", "{order_number}"
LONG = "A text that is too long."

# rule, what is wanted, what there is, which of them, and why not another
TABLE: list[tuple[str, Wanted, list[str], str | None, list[Because]]] = [
    (
        "the very one",
        wanted("cs informal public"),
        ["cs formal public normal", "cs informal public normal", "en informal public normal"],
        "cs informal public normal",
        [],
    ),
    (
        "the language goes before everything else",
        wanted("cs informal public"),
        ["en informal public normal", "cs formal email long"],
        "cs formal email long",
        [Because.NO_FORMALITY, Because.OTHER_AUDIENCE],
    ),
    (
        "else the workspace's, in its order",
        wanted("sk formal private", others=("cs", "hu")),
        ["en formal private normal", "hu formal private normal", "cs formal private normal"],
        "cs formal private normal",
        [Because.NO_LANGUAGE],
    ),
    (
        "else English, also before the source",
        wanted("sk formal private", others=("hu",), source="el"),
        ["el formal private normal", "en formal private normal", "sl formal private normal"],
        "en formal private normal",
        [Because.NO_LANGUAGE],
    ),
    (
        "else the source",
        wanted("sk formal private", source="el"),
        ["cs formal private normal", "el formal private normal"],
        "el formal private normal",
        [Because.NO_LANGUAGE],
    ),
    (
        "else any, always the same one",
        wanted("sk formal private"),
        ["sl formal private normal", "cs informal public short"],
        "cs informal public short",
        [Because.NO_LANGUAGE, Because.NO_FORMALITY, Because.OTHER_AUDIENCE],
    ),
    (
        "a language that nobody knows is said to be unknown",
        wanted("? formal private", others=("hu",)),
        ["en formal private normal", "hu formal private normal"],
        "hu formal private normal",
        [Because.LANGUAGE_UNKNOWN],
    ),
    (
        "the other formality before another audience",
        wanted("cs informal private"),
        ["cs informal email long", "cs formal private normal"],
        "cs informal email long",
        [Because.OTHER_AUDIENCE],
    ),
    (
        "the other formality where there is no better",
        wanted("cs informal private"),
        ["cs formal private normal"],
        "cs formal private normal",
        [Because.NO_FORMALITY],
    ),
    (
        "for a private message: private, e-mail, public",
        wanted("cs formal private"),
        ["cs formal public normal", "cs formal email normal"],
        "cs formal email normal",
        [Because.OTHER_AUDIENCE],
    ),
    (
        "for an e-mail: e-mail, private, public",
        wanted("cs formal email"),
        ["cs formal public normal", "cs formal private normal"],
        "cs formal private normal",
        [Because.OTHER_AUDIENCE],
    ),
    (
        "for a public reply: public, private, e-mail",
        wanted("cs formal public"),
        ["cs formal email long", "cs formal private normal"],
        "cs formal private normal",
        [Because.OTHER_AUDIENCE],
    ),
    (
        "nothing personal in public, rather another language",
        wanted("cs formal public"),
        [f"cs formal private normal: {PERSONAL}", "en formal public normal"],
        "en formal public normal",
        [Because.NO_LANGUAGE],
    ),
    (
        "nothing personal in public, rather nothing at all",
        wanted("cs formal public"),
        [f"cs formal private normal: {PERSONAL}", f"cs formal public normal: {PERSONAL}"],
        None,
        [],
    ),
    (
        "personal is right in private",
        wanted("cs formal private"),
        [f"cs formal private normal: {PERSONAL}", "cs formal public normal"],
        f"cs formal private normal: {PERSONAL}",
        [],
    ),
    (
        "the usual length in a message",
        wanted("cs formal private"),
        ["cs formal private long", "cs formal private short", "cs formal private normal"],
        "cs formal private normal",
        [],
    ),
    (
        "the long one in an e-mail",
        wanted("cs formal email"),
        ["cs formal email normal", "cs formal email long"],
        "cs formal email long",
        [],
    ),
    (
        "the short one where only that fits",
        wanted("cs formal public", limit=10),
        [f"cs formal public normal: {LONG}", "cs formal public short"],
        "cs formal public short",
        [Because.LENGTH],
    ),
    (
        "another formality where only that fits: there is the right one, and it is too long",
        wanted("cs informal public", limit=10),
        [f"cs informal public normal: {LONG}", "cs formal public normal"],
        "cs formal public normal",
        [Because.LENGTH],
    ),
    (
        "the shortest in their language where none fits, and no other language",
        wanted("cs formal public", limit=10),
        [
            f"cs formal public normal: {LONG} {LONG}",
            f"cs formal public short: {LONG}",
            "en formal public short",
        ],
        f"cs formal public short: {LONG}",
        [Because.TOO_LONG],
    ),
    (
        "a stale one is taken, and marked",
        wanted("cs formal private"),
        [f"cs formal private normal: {STALE}", "en formal private normal"],
        f"cs formal private normal: {STALE}",
        [Because.STALE],
    ),
    ("nothing there", wanted("cs formal private"), [], None, []),
]


def test_every_rule_of_the_choice() -> None:
    wrong = []
    for rule, asked, there, expected, because in TABLE:
        for variants in (there, there[::-1]):
            texts = dict(map(said, variants))
            chosen = choose(
                list(texts),
                asked,
                filled=texts.__getitem__,
                is_personal=lambda way, texts=texts: PERSONAL in texts[way],  # type: ignore[misc]
                is_stale=lambda way, texts=texts: texts[way] == STALE,  # type: ignore[misc]
            )
            found = (chosen.way, list(chosen.because)) if chosen else (None, [])
            if found != (said(expected)[0] if expected else None, because):
                wrong.append(f"{rule}: {found}")
    assert wrong == []


def test_what_has_to_fit_is_the_text_as_it_goes_out() -> None:
    long, short = Way("cs", "formal", "public"), Way("cs", "formal", "public", "short")
    asked = wanted("cs formal public", limit=12)

    chosen = choose([long, short], asked, filled={long: "Acme and Sons, Ltd", short: "Acme"}.__getitem__)

    assert chosen
    assert (chosen.way, list(chosen.because)) == (short, [Because.LENGTH])
