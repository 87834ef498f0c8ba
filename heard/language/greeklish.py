"""Greek in Latin letters, as people type it on a telephone: "pote tha erthei to dema mou?"

Everybody writes it in a way of their own: ω is o or w, χ is x, h or ch, η is i or h, θ is th or 8. So words are
compared as they sound: a list of common Greek words and the text are both brought to one rough spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_COMMON: Final = """
    και να το του της των τα τη την τον οι ο η στο στη στην στον στα στις στους για με από σε που πού πως πώς τι δεν μη
    μην θα είναι είμαι είσαι είστε είμαστε ήταν ήμουν έχω έχεις έχει έχετε έχουμε έχουν είχα είχε μου σου του μας σας
    τους εγώ εσύ εμείς εσείς αυτό αυτός αυτή αυτά αυτόν αυτήν εδώ εκεί τώρα μετά πριν πάλι πολύ πολλά λίγο όλα όλοι όλο
    όμως αλλά γιατί επειδή αν όταν ποτέ πότε πόσο πόσα πόσες ποιος ποια ποιο κάτι κάποιος κανείς κανένας καμία τίποτα
    ένα μια ένας δύο τρεις τρία τρίτη πρώτη φορά φορές μέρα μέρες εβδομάδα εβδομάδες μήνα μήνες χρόνια ώρα ώρες σήμερα
    αύριο χθες εχθές ακόμα ακόμη ήδη μόνο μέχρι μέσα έξω πάνω κάτω σαν όπως έτσι επίσης καλά καλό καλή κακό καλύτερο
    καλύτεροι μεγάλο μικρό μικρά καλημέρα καλησπέρα καληνύχτα γεια σας ευχαριστώ ευχαριστούμε παρακαλώ συγγνώμη ναι όχι
    εντάξει παιδιά ρε βρε φίλε κύριε κυρία θέλω θέλει θέλετε ήθελα μπορώ μπορείτε μπορεί μπορούμε μπορείς κάνω κάνει
    κάνετε κάνουν έκανα έκανε πρέπει έπρεπε ξέρω ξέρετε ξέρει πάω πάει πάρω πήρα πήρε παίρνω δώσω δίνω βρω βρίσκω βλέπω
    δω είδα λέει λέω λέτε είπα είπε είπατε πείτε μιλήσω μιλάω μιλάτε ρωτήσω ερώτηση απάντηση απαντήσετε απαντάει
    απαντάτε απαντήσατε απάντησε στείλτε στείλετε στείλω έστειλα στέλνετε στέλνω στείλατε έρθει ήρθε έρχεται έρθουν
    έλαβα λάβει παρέλαβα παραλάβω περιμένω περιμένει περιμένουμε παραγγελία παραγγελίες παραγγελίας παρήγγειλα
    παραγγείλω δέμα πακέτο αποστολή αποστολής παράδοση παράδοσης επιστροφή επιστροφής επέστρεψα χρήματα χρημάτων λεφτά
    τιμολόγιο απόδειξη τιμή τιμές κάρτα πληρωμή πληρώσω πλήρωσα κατάθεση μεταφορικά κούριερ λογαριασμό λογαριασμός
    κωδικό κωδικός κωδικοί έκπτωση έκπτωσης καλάθι κατάστημα μαγαζί ανοιχτά νούμερο νούμερα μέγεθος μεγέθη χρώμα μπλε
    παπούτσια μπουφάν ρούχα προϊόν προϊόντα προϊόντος συσκευή οθόνη φορτιστής εγγύηση οδηγίες χρήσης διαθέσιμο
    ανταλλακτικά τηλέφωνο τηλεφωνικά τηλεφώνου μήνυμα μηνύματα διεύθυνση ταχυδρομείο αποθήκη κουτί κουδούνι εφαρμογή
    εξυπηρέτηση πελάτης πελατών υπεύθυνο αλλάξω αλλάζω αλλαγή ακυρώσω ακύρωση χάλασε χαλασμένο σπασμένο σπασμένα
    λείπει δουλεύει κολλάει αργεί άργησε γρήγορη γρήγορα άμεση άμεσα συνέχεια ντροπή απαράδεκτο τέλεια τέλειο υπέροχο
    υπέροχη σοβαρά σωστά λάθος πρόβλημα βοήθεια βοηθήσετε βοηθήστε κατάλαβα καταλαβαίνω ξέχασα χρειάζομαι ψάχνω
    ξανά συνιστώ γίνεται έγινε γίνει υπάρχει υπάρχουν φτάνει φτάσει έφτασε δευτέρα τετάρτη πέμπτη παρασκευή σάββατο
    κυριακή αθήνα θεσσαλονίκη κύπρο κύπρος ελλάδα εξωτερικό πόλη πίσω άλλο άλλη άλλα άλλος ίδιο τελείως καθόλου ούτε
    τουλάχιστον μάλλον ίσως σίγουρα βέβαια δηλαδή λοιπόν απλά απλώς καινούριο καινούργιο παλιό παλιά φωτογραφία αριθμό
    αριθμός στοιχεία ονομάζομαι λέγομαι όνομα ευχαριστημένη ευχαριστημένος αρέσει μαζί χωρίς κατά προς
"""
# Alike in other languages, so they prove nothing by themselves.
_ELSEWHERE: Final = """
    to ta ti na me se mas sas mu su tu te as an o i oi on re pos meta mesa para poli mono mia ena ora ola alla kala fora
    mera pano kato den min tin ton sta sto stin pali tora edo exo deka meres ne nai mana pote san kani kali ton tis idia
    apo eki vro do pao pai pire piso kano leo
"""
_WORD: Final = re.compile(r"[a-z0-9']+")
_SOUNDS: Final = (
    *(("8", "th"), ("9", "th"), ("3", "x"), ("4", "ps")),
    *(("eu", "ef"), ("au", "af"), ("v", "f"), ("ou", "U"), ("ai", "e")),
    *(("ei", "i"), ("oi", "i"), ("yi", "i"), ("ui", "i"), ("w", "o"), ("y", "i"), ("u", "i"), ("j", "x")),
    *(("th", "T"), ("ph", "f"), ("ch", "x"), ("kh", "x"), ("ks", "x"), ("h", "x"), ("mp", "b"), ("nt", "d")),
    *(("gk", "g"), ("gg", "g"), ("ng", "g"), ("tz", "ts"), ("c", "k"), ("q", "k")),
)
_LETTERS: Final = dict(zip("αβγδεζηθικλμνξοπρστυφχω", "afgdeziTiklmnxoprstifxo", strict=True)) | {"ψ": "ps"}
_PAIRS: Final = (("ου", "U"), ("αι", "e"), ("ει", "i"), ("οι", "i"), ("υι", "i"), ("ευ", "ef"), ("αυ", "af"))
_DOUBLED: Final = re.compile(r"(.)\1+")

LEAST_WORDS: Final = 3
LEAST_KNOWN: Final = 0.5  # of the words
LEAST_TELLING: Final = 2  # words that no other language has


def is_greeklish(text: str) -> bool:
    """With certainty: half of its words are common Greek ones, and two of them belong to no other language."""
    words = [word for word in _WORD.findall(text.lower()) if not word.isdecimal()]
    if len(words) < LEAST_WORDS:
        return False
    heard = [sound for sound in map(sound_of, words) if sound in _SOUND_OF_COMMON]
    telling = {sound for sound in heard if sound in _TELLING}
    return len(heard) >= LEAST_KNOWN * len(words) and len(telling) >= LEAST_TELLING


def sound_of(word: str) -> str:
    """Of a word in Latin letters."""
    if word == "h":
        return "i"
    for spelt, sound in _SOUNDS:
        word = word.replace(spelt, sound)
    return _DOUBLED.sub(r"\1", word)


def _sound_of_greek(word: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.combining(one))
    plain = plain.replace("ς", "σ")
    for spelt, sound in (*_PAIRS, ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "g")):
        plain = plain.replace(spelt, sound)
    return _DOUBLED.sub(r"\1", "".join(_LETTERS.get(one, one) for one in plain))


def _sounds(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_sound_of_greek, words))


_SOUND_OF_COMMON: Final = _sounds(_COMMON.split())
_TELLING: Final = frozenset(
    sound for sound in _SOUND_OF_COMMON - frozenset(map(sound_of, _ELSEWHERE.split())) if len(sound) > 2
)
