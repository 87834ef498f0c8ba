"""What mail programs write around a quote, in the languages that our customers' programs speak."""

from __future__ import annotations

import re
from typing import Final


def _any_of(*words: str) -> str:
    """Each text holds several, with `|` between them. The longest is tried first."""
    every = [word for some in words for word in some.split("|")]
    return "|".join(re.escape(word) for word in sorted(every, key=len, reverse=True))


_WROTE: Final = _any_of(
    "wrote|writes|schrieb|schreibt|a écrit|écrit|escribió|escribe|ha scritto|scrive|escreveu|escreve",
    "schreef|geschreven|napisał|napisała|napisał(a)|napisali|napsal|napsala|napsal(a)|napsala/a|píše",
    "napísal|napísala|napísal(a)|napisal|napisala|napisal(a)|napisal/a|napisao|napisao/la|napisao(la)|piše",
    "написао|написала|написао/ла|написа|написал|написал(а)|пише|пишет|написав|ezt írta|írta",
    "έγραψε|έγραψαν|a scris|scrie|skrev|kirjoitti|yazdı|przez",
)
WROTE: Final = re.compile(rf"(?:^|[\s(])(?:{_WROTE})(?=[\s:,(<]|$)", re.IGNORECASE)
# A wrapped attribution may begin a line or two above the line that has its verb.
OPENS: Final = re.compile(
    r"(?:On|Am|Le|El|Il|Em|No|W dniu|Dnia|Dne|Dňa|V|Dana|Op|Den|Pe|În|Στις|Την|Το|На|У|A|Wiadomość)\s.*\d"
)
TIME: Final = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}")
DATE: Final = re.compile(r"\b\d{4}\b|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2}")

_LABELS: Final = {
    "from": _any_of(
        "From|Von|De|Da|Van|Från|Fra|Από|Feladó|De la|От|Од|Od|Pošiljatelj|Pošiljalec|Šalje|Expéditeur",
        "Remitente|Mittente|Nadawca|Remetente|Odesílatel|Odosielateľ|Expeditor|Kimden|Від|Lähettäjä",
        "Пошиљалац|Подател",
    ),
    "sent": _any_of(
        "Sent|Date|Gesendet|Datum|Envoyé|Envoyé le|Enviado|Enviado el|Enviada em|Fecha|Inviato|Data",
        "Verzonden|Wysłano|Data wysłania|Odesláno|Odoslané|Poslano|Dátum|Küldve|Elküldve|Στάλθηκε",
        "Ημερομηνία|Εστάλη|Trimis|Дата|Изпратено|Датум|Послато|Poslato|Datum slanja|Skickat|Sendt",
        "Отправлено|Gönderildi|Надіслано|Lähetetty",
    ),
    "to": _any_of(
        "To|An|À|Para|A|Aan|Do|Komu|Za|Címzett|Προς|Către|До|Кому|За|Till|Til|Prima|Прима|Kime|Pro",
        "Destinataire|Destinatario|Empfänger",
    ),
    "subject": _any_of(
        "Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Temat|Předmět|Predmet|Zadeva|Tárgy|Θέμα",
        "Subiect|Относно|Тема|Предмет|Наслов|Ämne|Emne|Konu|Aihe",
    ),
}
LABELS: Final = {
    name: re.compile(rf"[\s>*_]{{0,6}}(?:{words})[\s*]{{0,3}}[:：]", re.IGNORECASE)
    for name, words in _LABELS.items()
}
RULE: Final = re.compile(r"\s*[_\-=*]{5,}\s*")
_ORIGINAL: Final = _any_of(
    "Original Message|Original-Nachricht|Ursprüngliche Nachricht|Originalnachricht|Message d'origine",
    "Message d’origine|Message original|Mensaje original|Mensagem original|Messaggio originale",
    "Oorspronkelijk bericht|Wiadomość oryginalna|Oryginalna wiadomość|Původní zpráva|Původní e-mail",
    "Pôvodná správa|Izvirno sporočilo|Originalno sporočilo|Izvorna poruka|Originalna poruka",
    "Оригинална порука|Изворна порука|Eredeti üzenet|Αρχικό μήνυμα|Πρωτότυπο μήνυμα|Mesaj original",
    "Mesajul original|Оригинално съобщение|Исходное сообщение|Ursprungligt meddelande",
    "Original meddelelse",
)
ORIGINAL: Final = re.compile(
    rf"[\s>*]{{0,6}}[-_]{{2,}}\s*(?:{_ORIGINAL})\s*[-_]{{2,}}.{{0,40}}", re.IGNORECASE
)
# The line under which our own mails ask people to leave everything as it is.
OUR_LINE: Final = re.compile(r"[\s>]{0,4}##-.{1,200}-##\s*")
_FORWARDED: Final = _any_of(
    "Forwarded message|Weitergeleitete Nachricht|Anfang der weitergeleiteten Nachricht",
    "Message transféré|Début du message transféré|Début du message réexpédié|Mensaje reenviado",
    "Inicio del mensaje reenviado|Messaggio inoltrato|Inizio messaggio inoltrato|Mensagem encaminhada",
    "Mensagem reencaminhada|Início da mensagem reencaminhada|Doorgestuurd bericht",
    "Begin doorgestuurd bericht|Przekazana wiadomość|Wiadomość przekazana",
    "Początek przekazywanej wiadomości|Přeposlaná zpráva|Začátek přeposílané zprávy|Preposlaná správa",
    "Začiatok preposlanej správy|Posredovano sporočilo|Začetek posredovanega sporočila",
    "Proslijeđena poruka|Započnite proslijeđenu poruku|Prosleđena poruka|Прослеђена порука",
    "Továbbított üzenet|Továbbított levél kezdete|Προωθημένο μήνυμα|Έναρξη προωθημένου μηνύματος",
    "Mesaj redirecționat|Mesaj redirecţionat|Început mesaj redirecționat|Препратено съобщение",
    "Пересылаемое сообщение|Начало переадресованного сообщения|Vidarebefordrat meddelande",
)
FORWARDED: Final = re.compile(
    rf"(?:[\s>*]{{0,6}}[-_]{{2,}}\s*|\s{{0,4}}Begin\s|\s{{0,4}})(?:{_FORWARDED})\s*(?:[-_]{{2,}}|:)\s*",
    re.IGNORECASE,
)
# A telephone's own signature. Only a short line at the very end is one.
_DEVICE_LINES: Final = (
    r"(?:Sent|Get it|Written) (?:from|with|using|via) .+",
    r"Get Outlook for .+",
    r"(?:Diese (?:Nachricht|E-Mail) wurde )?Von (?:meinem|meiner|unterwegs) .*(?:gesendet|geschickt)\.?",
    r"Gesendet (?:von|mit|über|aus) .+",
    r"Diese Nachricht wurde (?:von|mit) .+ gesendet\.?",
    r"Holen Sie sich Outlook für .+",
    r"(?:Envoyé|Écrit) (?:de|depuis|à partir de|avec|via) .+",
    r"(?:Obtenez|Obtenir|Téléchargez|Télécharger) Outlook pour .+",
    r"Enviado (?:desde|con|a través de|do|da|de|pelo|a partir do|a partir de) .+",
    r"Obt(?:ener|én|er|enha) (?:o )?Outlook para .+",
    r"Inviato (?:da|dal|con|tramite) .+",
    r"(?:Ottieni|Scarica) Outlook per .+",
    r"(?:Verstuurd|Verzonden) (?:vanaf|vanuit|met|via) .+",
    r"(?:Outlook voor .+ downloaden|Download Outlook voor .+)",
    r"Wysłan[eoay] (?:z|ze|za pomocą|przy użyciu) .+",
    r"Pobierz (?:program )?(?:Outlook|aplikację).+",
    r"(?:Odesláno|Posláno|Odesl[áa]no pomocí) (?:z|ze|přes|pomocí) .+",
    r"Získat Outlook pro .+",
    r"(?:Odoslané|Poslané|Odoslaná) (?:z|zo|cez|pomocou) .+",
    r"Získa(?:jte|ť) Outlook pre .+",
    r"Poslano (?:iz|z|s|sa|prek|putem) .+",
    r"(?:Pridobite|Prenesite|Nabavite|Preuzmite) (?:si )?Outlook za .+",
    r"Poslato (?:sa|iz|preko) .+",
    r"Послато (?:са|из|преко) .+",
    r".{2,60}(?:küldve|küldtem)\.?",
    r"Küldve .+",
    r"(?:Az )?Outlook .{0,20}letöltése.*",
    r"(?:Στάλθηκε|Εστάλη|Απεστάλη) (?:από|με|μέσω) .+",
    r"(?:Λήψη|Αποκτήστε|Κατεβάστε) (?:του |το )?Outlook για .+",
    r"Trimis (?:de pe|din|de la|cu|prin) .+",
    r"(?:Obțineți|Descărcați) Outlook pentru .+",
    r"Изпратено (?:от|с|чрез) .+",
    r"(?:Вземете|Изтеглете) Outlook за .+",
    r"Отправлено (?:с|из|со) .+",
    r"(?:Skickat|Sendt) (?:från|fra|med) .+",
)
_DEVICES: Final = (
    "phone|ipad|iphon|android|samsung|galaxy|huawei|xiaomi|redmi|honor|nokia|pixel|motorola|oneplus|blackberry|outlook"
    "|mail|proton|windows|mobil|mobit|telef|tablet|smart|móvil|celular|app|aplik|appli|κινητ|τηλέφ|мобил|телеф"
    "|komór|handy|unterwegs|készül|zařízení|zariaden|naprav|uređa|appareil|dispositiv|συσκευ|устройств|apparat|teams"
)
# A sentence of the writer's own may begin like this, too; one that names no device is theirs.
DEVICE: Final = re.compile(rf"\s*(?=.*(?:{_DEVICES}))(?:{'|'.join(_DEVICE_LINES)})\s*", re.IGNORECASE)
