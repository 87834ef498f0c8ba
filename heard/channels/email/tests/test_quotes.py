"""New words and repeated ones, told apart in the languages of our customers' mail programs."""

from __future__ import annotations

import pytest

from heard.channels.email.quotes import fold, fold_html

NEW = "Still nothing.\n\nJana"
OLD = "> Your parcel is on its way.\n> Bea"
WROTE = {
    "en Gmail": "On Tue, Oct 6, 2026 at 10:12 AM Acme Support <support@acme.example> wrote:",
    "en wrapped": "On Tue, Oct 6, 2026 at 10:12 AM Acme Support with a long name\n<support@acme.example> wrote:",
    "en Apple": "On 6 Oct 2026, at 10:12, Acme <support@acme.example> wrote:",
    "en Thunderbird": "On 10/6/26 10:12, Acme wrote:",
    "el Gmail": "Στις Τρί 6 Οκτ 2026 στις 10:12 π.μ., ο/η Acme <support@acme.example> έγραψε:",
    "el Thunderbird": "Στις 6/10/26 10:12, ο/η Acme έγραψε:",
    "sl Gmail": "V V tor., 6. okt. 2026 ob 10:12 je oseba Acme <support@acme.example> napisala:",
    "sl Thunderbird": "Dne 6. 10. 2026 ob 10:12 je Acme napisal(a):",
    "hu Gmail": "Acme <support@acme.example> ezt írta (időpont: 2026. okt. 6., K, 10:12):",
    "hu Thunderbird": "2026. 10. 06. 10:12 keltezéssel, Acme írta:",
    "cs Gmail": "út 6. 10. 2026 v 10:12 odesílatel Acme <support@acme.example> napsal:",
    "cs Seznam": "Dne 6. 10. 2026 v 10:12 Acme napsal(a):",
    "de Gmail": "Am Di., 6. Okt. 2026 um 10:12 Uhr schrieb Acme <support@acme.example>:",
    "de Thunderbird": "Am 06.10.26 um 10:12 schrieb Acme:",
    "fr Gmail": "Le mar. 6 oct. 2026 à 10:12, Acme <support@acme.example> a écrit :",
    "it Gmail": "Il giorno mar 6 ott 2026 alle ore 10:12 Acme <support@acme.example> ha scritto:",
    "es Gmail": "El mar, 6 oct 2026 a las 10:12, Acme (<support@acme.example>) escribió:",
    "pl Gmail": "wt., 6 paź 2026 o 10:12 Acme <support@acme.example> napisał(a):",
    "pl Thunderbird": "W dniu 6.10.2026 o 10:12, Acme pisze, a raczej napisał:",
    "pl Apple": "Wiadomość napisana przez Acme <support@acme.example> w dniu 6 paź 2026, o godz. 10:12:",
    "sk Gmail": "ut 6. 10. 2026 o 10:12 Acme <support@acme.example> napísal(a):",
    "sk Thunderbird": "Dňa 6. 10. 2026 o 10:12 Acme napísal(a):",
    "hr Gmail": "uto, 6. lis 2026. u 10:12 Acme <support@acme.example> je napisao/la:",
    "sr Gmail": "уто, 6. окт 2026. у 10:12 Acme <support@acme.example> је написао/ла:",
    "ro Gmail": "În mar., 6 oct. 2026 la 10:12, Acme <support@acme.example> a scris:",
    "bg Gmail": "На вт, 6.10.2026 г. в 10:12 ч. Acme <support@acme.example> написа:",
    "nl Gmail": "Op di 6 okt 2026 om 10:12 schreef Acme <support@acme.example>:",
    "pt Gmail": "Em ter., 6 de out. de 2026 às 10:12, Acme <support@acme.example> escreveu:",
}
BLOCKS = {
    "en": "From: Acme <support@acme.example>\nSent: Tuesday, 6 October 2026 10:12\nTo: Jana\nSubject: Parcel",
    "en bold": "*From:* Acme\n*Sent:* Tuesday\n*To:* Jana\n*Subject:* Parcel",
    "en ruled": "________________________________\nFrom: Acme\nDate: Tuesday\nTo: Jana\nSubject: Parcel",
    "el": "Από: Acme\nΣτάλθηκε: Τρίτη\nΠρος: Jana\nΘέμα: Δέμα",
    "sl": "Od: Acme\nPoslano: torek\nZa: Jana\nZadeva: Paket",
    "hu": "Feladó: Acme\nElküldve: kedd\nCímzett: Jana\nTárgy: Csomag",
    "cs": "Od: Acme\nOdesláno: úterý\nKomu: Jana\nPředmět: Balík",
    "de": "Von: Acme\nGesendet: Dienstag\nAn: Jana\nBetreff: Paket",
    "fr": "De : Acme\nEnvoyé : mardi\nÀ : Jana\nObjet : Colis",
    "it": "Da: Acme\nInviato: martedì\nA: Jana\nOggetto: Pacco",
    "es": "De: Acme\nEnviado el: martes\nPara: Jana\nAsunto: Paquete",
    "pl": "Od: Acme\nWysłano: wtorek\nDo: Jana\nTemat: Paczka",
    "sk": "Od: Acme\nOdoslané: utorok\nKomu: Jana\nPredmet: Balík",
    "hr": "Šalje: Acme\nPoslano: utorak\nPrima: Jana\nPredmet: Paket",
    "sr": "Од: Acme\nПослато: уторак\nЗа: Jana\nПредмет: Пакет",
    "ro": "De la: Acme\nTrimis: marți\nCătre: Jana\nSubiect: Colet",
    "bg": "От: Acme\nИзпратено: вторник\nДо: Jana\nОтносно: Пратка",
    "nl": "Van: Acme\nVerzonden: dinsdag\nAan: Jana\nOnderwerp: Pakket",
    "pt": "De: Acme\nEnviada em: terça\nPara: Jana\nAssunto: Pacote",
    "original": "-----Original Message-----\nWhatever comes now",
    "original de": "-----Ursprüngliche Nachricht-----\nVon: x",
    "original cs": "---------- Původní e-mail ----------\nOd: x",
    "original hu": "-----Eredeti üzenet-----\nx",
    "original el": "-----Αρχικό μήνυμα-----\nx",
    "our line": "##- Please type your reply above this line -##\nx",
}
DEVICES = (
    *(
        "Sent from my iPhone",
        "Sent from Outlook for iOS",
        "Get Outlook for Android",
        "Sent from Mail for Windows",
    ),
    *("Von meinem iPhone gesendet", "Gesendet von Outlook für iOS", "Gesendet mit der GMX Mail App"),
    *("Envoyé de mon iPhone", "Enviado desde mi iPhone", "Inviato da iPhone", "Enviado do meu iPhone"),
    *("Verstuurd vanaf mijn iPhone", "Wysłane z iPhone'a", "Odesláno z iPhonu", "Odoslané z iPhonu"),
    *("Poslano iz mojega iPhona", "Poslano s mog iPhonea", "Послато са мог iPhone-а", "iPhone-omról küldve"),
    *("Στάλθηκε από το iPhone μου", "Trimis de pe iPhone-ul meu", "Изпратено от моя iPhone"),
    *(
        "Odesláno z mého telefonu Samsung Galaxy",
        "Εστάλη από το κινητό μου",
        "Poslano z mojega mobilnega telefona",
    ),
)


@pytest.mark.parametrize("wrote", WROTE.values(), ids=WROTE)
def test_what_follows_somebody_wrote_is_folded(wrote: str) -> None:
    assert fold(f"{NEW}\n\n{wrote}\n{OLD}\n") == (NEW, f"{wrote}\n{OLD}")


@pytest.mark.parametrize("wrote", WROTE.values(), ids=WROTE)
def test_it_is_folded_without_signs_before_the_lines_too(wrote: str) -> None:
    assert fold(f"{NEW}\n\n{wrote}\n\nYour parcel is on its way.")[0] == NEW


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_what_outlook_puts_above_a_quote_begins_it(block: str) -> None:
    said, quoted = fold(f"{NEW}\n\n{block}\n\nYour parcel is on its way.")
    assert (said, quoted.startswith(block[:20])) == (NEW, True)


@pytest.mark.parametrize("line", DEVICES)
def test_a_telephones_signature_is_folded(line: str) -> None:
    assert fold(f"{NEW}\n\n{line}\n") == (NEW, line)
    assert fold(f"{NEW}\n\n{line}\n\n{WROTE['en Gmail']}\n{OLD}")[0] == NEW


@pytest.mark.parametrize(
    "text",
    [
        "Sent from the shop on Monday, it never arrived.",
        "Poslano z GLS, in nič.",
        "I wrote on 6 October 2026 at 10:12:\nwhere is it?\nNobody answered.",
        "Here is what I need: a refund.",
        "> 5 pieces",
        "From: Athens\nI am still waiting.",
        "My order -- 1234 -- is late.",
    ],
)
def test_words_that_only_look_alike_stay(text: str) -> None:
    assert fold(text) == (text, "")


def test_a_signature_is_folded() -> None:
    assert fold("Hello\n\n-- \nJana\nAcme Ltd.") == ("Hello", "-- \nJana\nAcme Ltd.")


def test_an_answer_below_the_quote_is_what_is_new() -> None:
    text = f"{WROTE['en Gmail']}\n{OLD}\n\nStill nothing.\n-- \nJana"
    assert fold(text)[0] == "Still nothing."


def test_answers_between_quotes_keep_what_they_answer() -> None:
    text = f"{WROTE['en Gmail']}\n> Which size?\n> And colour?\n\nM\n\n> And when?\n> Today?\n\nTomorrow"
    assert fold(text) == (text, "")
    below = (
        f"> Which size?\n> And colour?\nM\n\n> And when?\n> Today?\nTomorrow\n\n{WROTE['de Gmail']}\n{OLD}"
    )
    assert fold(below)[0].endswith("Tomorrow")


def test_where_nothing_is_new_everything_is_shown() -> None:
    text = f"{WROTE['en Gmail']}\n{OLD}"
    assert fold(text) == (text, "")
    assert fold("-- \nJana") == ("-- \nJana", "")
    assert fold("") == ("", "")


def test_what_is_forwarded_is_new() -> None:
    forwarded = f"See below.\n\n---------- Forwarded message ---------\n{BLOCKS['en']}\n\nBroken on arrival."
    assert fold(forwarded) == (forwarded, "")
    outlook = f"See below.\n\n{BLOCKS['en']}\n\nBroken on arrival."
    assert fold(outlook, forwarded=True) == (outlook, "")


def test_nothing_is_lost_by_folding() -> None:
    for wrote in WROTE.values():
        text = f"{NEW}\n\n{wrote}\n{OLD}\n\n-- \nJana"
        assert set("\n".join(fold(text)).split()) == set(text.split())


# ── HTML ──


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On … wrote:<br></div><blockquote>Old</blockquote></div>',
        '<blockquote type="cite">Old</blockquote>',
        '<div class="moz-cite-prefix">On … wrote:<br></div><blockquote type="cite">Old</blockquote>',
        '<div><blockquote type="cite">On … wrote:</blockquote></div><blockquote type="cite">Old</blockquote>',
        '<div class="yahoo_quoted">Old</div>',
        '<div class="protonmail_quote">Old</div>',
        '<div name="quote" style="margin:10px">Old</div>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: x</div><div>Old</div>',
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0"><p>From: x</div></div>Old',
        '<hr tabindex="-1" id="stopSpelling">Old',
    ],
)
def test_the_box_of_a_quote_is_folded(quote: str) -> None:
    new, quoted = fold_html(f"<html><body><p>New</p>{quote}</body></html>")
    assert "New" in new
    assert "Old" not in new
    assert "Old" in quoted


def test_in_html_too_only_what_is_repeated_is_folded() -> None:
    below = '<blockquote type="cite">Old</blockquote><p>New</p>'
    assert fold_html(below) == ("<p>New</p>", '<blockquote type="cite">Old</blockquote>')
    only = '<div class="gmail_quote">Old</div>'
    assert fold_html(only) == (only, "")
    between = '<blockquote type="cite">A</blockquote>B<blockquote type="cite">C</blockquote>D'
    assert fold_html(between) == (between, "")
    forwarded = '<p>See</p><div class="gmail_quote"><div>---------- Forwarded message ---------<br>From: x</div>Old</div>'
    assert fold_html(forwarded) == (forwarded, "")
    outlook = '<p>See</p><div id="divRplyFwdMsg">From: x</div>Old'
    assert fold_html(outlook, forwarded=True) == (outlook, "")
