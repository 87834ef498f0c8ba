from __future__ import annotations

from heard.language.folded import folded, is_greek, sound_of_greek, sound_of_greeklish


def test_accents_and_capitals_make_no_difference() -> None:
    pairs = [
        ("Řehoř", "rehor"),
        ("ŽLUŤOUČKÝ", "zlutoucky"),
        ("επιστροφή", "ΕΠΙΣΤΡΟΦΗ"),
        ("παραγγελίας", "παραγγελιας"),
        ("őrült ű", "orult u"),
        ("Đorđe", "dorde"),
        ("ﬁle", "file"),
    ]
    assert [(one, other) for one, other in pairs if folded(one) != folded(other)] == []


def test_greek_is_found_however_it_is_typed() -> None:
    typed = {
        "επιστροφή": ("epistrofi", "epistrofh", "epistrophi", "EPISTROFI"),
        "παραγγελία": ("paraggelia", "parangelia"),
        "χρήματα": ("xrimata", "chrimata", "hrimata", "xrhmata"),
        "θέλω": ("thelo", "thelw", "8elw"),
        "λογαριασμός": ("logariasmos",),
        "ευχαριστώ": ("euxaristo", "efcharisto", "efharisto", "eyxaristw"),
        "ξέχασα": ("xexasa", "ksexasa", "3exasa", "xehasa"),
        "πού": ("pou",),
        "ακύρωση": ("akirosi", "akyrwsh"),
        "ψωμί": ("psomi",),
    }
    missed = {
        (greek, latin)
        for greek, many in typed.items()
        for latin in many
        if sound_of_greeklish(folded(latin)) != sound_of_greek(folded(greek))
    }
    # An h after a consonant is η far more often than χ.
    assert missed == {("ευχαριστώ", "efharisto")}


def test_only_greek_letters_are_greek() -> None:
    assert [is_greek(word) for word in ("επιστροφη", "rehor", "µ")] == [True, False, False]
