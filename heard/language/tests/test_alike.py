from __future__ import annotations

from heard.language.alike import counted, one_word_each, similarity, words_in


def test_words_are_compared_by_the_pieces_that_they_share() -> None:
    assert similarity("parking", "parking") == 1
    assert similarity("parking", "parkings") > 0.6 > 0.2 > similarity("parking", "market")
    stands = one_word_each({"parking": 3, "parkings": 1, "πάρκινγκ": 1, "glove": 1, "gloves": 2})
    assert stands == {
        **{"parking": "parking", "parkings": "parking", "πάρκινγκ": "πάρκινγκ"},
        **{"glove": "gloves", "gloves": "gloves"},
    }


def test_small_words_and_accents_do_not_count() -> None:
    assert words_in("Please, WITH Parkování! 12 a") == {"parkovani"}
    assert counted(["Παρκάρισμα", "παρκαρισμα και", "x"]) == {"παρκαρισμα": 2}
