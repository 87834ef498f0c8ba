"""What a gap in a reply is called by those who leave it open, and what is counted or dated beside one."""

from __future__ import annotations

from typing import Final

# Without accents and capitals, as `plain` gives them.
CALLED: Final = (
    r"(?:(?:customer|client|first|last|full|your|agent|product|company)(?:'s)?[ _]?)?name|firstname|lastname|surname|"
    r"(?:vase |tvoje |krestni )?jmeno(?: zakaznika| klienta)?|prijmeni|jmeno a prijmeni|osloveni|"
    r"(?:vase |tvoje )?ime(?: stranke| kupca)?|priimek|ime in priimek|"
    r"nev|vezeteknev|keresztnev|teljes nev|(?:az? )?(?:ugyfel|vevo|vasarlo) neve|az on neve|megszolitas|"
    r"ονομα(?: πελατη| σας)?|επωνυμο|ονοματεπωνυμο|το ονομα σας|onoma|eponymo|eponimo|onomateponymo"
)
NOUN: Final = (
    rf"{CALLED}|date|time|amount|price|order number|(?:order )?no\.?|tracking (?:number|link)|link|signature|number of days|"
    r"datum|cas|castka|cislo(?: objednavky| zasilky)?|odkaz|podpis|nazev (?:produktu|zbozi)|pocet dni|"
    r"ura|znesek|stevilka(?: narocila| posiljke)?|povezava|ime izdelka|stevilo dni|"
    r"idopont|osszeg|rendelesszam|csomagszam|alairas|termek neve|napok szama|"
    r"ημερομηνια|ωρα|ποσο|αριθμος(?: παραγγελιας| αποστολης)?|συνδεσμος|υπογραφη|προιον|ημερες|"
    r"product|city|town|address|day|branch|deadline|produkt|zbozi|mesto|adresa|den|pobocka|lhuta|"
    r"izdelek|kraj|naslov|dan|poslovalnica|rok|termek|varos|cim|nap|uzlet|hatarido|"
    r"πολη|διευθυνση|ημερα|καταστημα|προθεσμια"
)
# Words that nothing but a gap can leave hanging: "your …", "at --", "č. …".
WANTS_MORE: Final = (
    r"your|the|an|our|my|on|at|to|in|for|from|of|by|until|with|order|parcel|number|no\.|mr\.?|mrs\.?|ms\.?|"
    r"na|do|od|ve?|ze?|ke?|pro|před|po|č\.|číslo|objednávka|objednávku|balík|zásilka|částku|váš|vaše|vaši|tvůj|tvoje|pane|paní|"
    r"iz|ob|pri|za|št\.|številka|naročilo|paket|znesek|vaš|vaša|tvoj|tvoja|gospod|gospa|"
    r"az|sz\.|száma|összeg|csomag|rendelés|rendelése|csomagja|havi|ön|"
    r"στις|στην?|στον?|στο|το|τη|την?|τον|του|της|των|για|από|έως|ως|με|σας|σου|αρ\.|αριθμός|κύριε|κυρία|είναι"
)
# Whole words in capitals, accents as they are written.
ALL_CAPITALS: Final = (
    r"\b(?:(?:INSERT|ADD|ENTER|FILL IN|DOPLNIT|DOPLŇTE|DOPLŇ|VLOŽTE|VLOŽIT|VSTAVI|VSTAVITE|VPIŠI|VPIŠITE|DOPOLNI|"
    r"ΣΥΜΠΛΗΡΩΣΤΕ|ΒΑΛΤΕ|ΒΑΛΕ)(?: (?:THE|YOUR|CUSTOMER|FIRST|LAST|ΤΟ))?"
    r" (?:NAME|DATE|NUMBER|AMOUNT|LINK|JMÉNO|PŘÍJMENÍ|DATUM|ČÍSLO|ČÁSTKU|ODKAZ|IME|PRIIMEK|ŠTEVILKO|ZNESEK|POVEZAVO|"
    r"ΟΝΟΜΑ|ΗΜΕΡΟΜΗΝΙΑ|ΑΡΙΘΜΟ|ΠΟΣΟ)(?: HERE)?"
    r"|(?:NÉV|DÁTUM|ÖSSZEG|SZÁM) (?:BEÍRÁSA|HELYE|BEILLESZTÉSE|KITÖLTÉSE)|IDE JÖN A (?:NÉV|DÁTUM|SZÁM)"
    r"|JMÉNO (?:ZÁKAZNÍKA|PŘÍJMENÍ)|IME (?:STRANKE|PRIIMEK)|ÜGYFÉL NEVE|ΟΝΟΜΑ (?:ΠΕΛΑΤΗ|ΕΠΩΝΥΜΟ)|"
    r"(?:CUSTOMER|FIRST|LAST|YOUR) NAME|FIRSTNAME|LASTNAME)\b"
    r"|\b(?:Jméno Příjmení|Ime Priimek|Vezetéknév Keresztnév|Όνομα Επώνυμο|Firstname Lastname|Name Surname)\b"
    # "Dear NAME", "Tisztelt XY"
    r"|(?=[NSJPIXΟΕΧ])(?<=[^\W\d_][ .])(?:(?<=[Dd]ear )|(?<=\bHi )|(?<=Hello )|(?<=\bMr )|(?<=\bMr\. )|(?<=\bMrs )|(?<=\bMs )|"
    r"(?<=[Pp]ane )|(?<=[Pp]aní )|(?<=\bden )|(?<=Ahoj )|(?<=Milý )|(?<=Milá )|(?<=ospod )|(?<=ospa )|(?<=\bg\. )|"
    r"(?<=\bga\. )|(?<=[Dd]ragi )|(?<=[Dd]raga )|(?<=ivjo )|(?<=Tisztelt )|(?<=Kedves )|(?<=Szia )|(?<=ύριε )|"
    r"(?<=υρία )|(?<=γαπητέ )|(?<=γαπητή )|(?<=Γεια σου )|(?<=Γεια σας ))"
    r"(?:NAME|SURNAME|JMÉNO|PŘÍJMENÍ|IME|PRIIMEK|NÉV|ΟΝΟΜΑ|ΕΠΩΝΥΜΟ|X\.? ?Y\.?|ΧΨ|N\. ?N\.)(?![\w-])"
)
UNIT: Final = (
    r"(?:%|€|\$|£|Kč|EUR|Ft\b|days?\b|hours?\b|weeks?\b|min\b|dn[íůy]\b|dn[ie]\b|dneh\b|hodin\w?\b|"
    r"týdn\w{1,3}\b|korun\b|forint\w{0,3}\b|evr\w{1,2}\b|months?\b|měsíc\w{0,2}\b|mesec\w{0,2}\b|hónap\w{0,3}\b|"
    r"ur[eah]?\b|tedn\w{1,3}\b|nap\w{0,4}\b|ór[aá]\w{0,3}\b|hét\b|ημέρ\w{1,3}|μέρ\w{1,3}|ώρ\w{1,2}\b|ευρώ)"
)
MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince|"
    r"januarja|februarja|marca|aprila|maja|junija|julija|avgusta|septembra|oktobra|novembra|decembra|"
    r"(?:Ιανουαρ|Φεβρουαρ|Μαρτ|Απριλ|Μα|Ιουν|Ιουλ|Σεπτεμβρ|Οκτωβρ|Νοεμβρ|Δεκεμβρ)ίου|Αυγούστου)"
)
