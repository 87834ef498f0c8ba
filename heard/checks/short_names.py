"""Names and what friends make of them, without accents and in Latin letters."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

_GROUPS: Final = """
jan honza jenda jenik janek hans
josef pepa pepik joza jozka josif
jiri jirka jura
frantisek franta fanda
vaclav vasek vena vasik
vojtech vojta
petr peta petrik petko
tomas tom tomik tomasek tomik
lukas luky lukasek luke
jakub kuba kubik
ondrej ondra ondrasek
matej mates matousek
michal misa michalek
pavel pavlik pavlicek
karel kaja karlik
antonin tonda toncek
stanislav standa slavek
jaroslav jarda jarek
miroslav mirek mira
ladislav lada laco
zdenek zdena zdenda
rudolf ruda
bohumil bohous
vladimir vlada vladko
david dave davidek
katerina katka kaca kata katrin katusa aikaterini ekaterini katia kaiti kate
jana janicka janka
hana hanka hanicka
anna anicka andula anca ana anka ancsa panni annuska ani anika
marie maruska majka marenka maria mairi marika mary mari mariska marija mici marica
eva evicka evca evi evca
lucie lucka lucinka
veronika verca nika vera verus
tereza terka terezka terezija rezka terez
barbora bara barunka barca borbala bori barbara
zuzana zuzka zuzanka
alzbeta betka bety eliska
michaela misa miska misa
magdalena magda madla majda
klara klarka
kristyna kristynka tyna kika
petra petuska peta petrica
ludmila lida lidka
helena helca helenka eleni elena lena helen
konstantinos kostas kostis dinos ntinos konstantin kostakis
georgios giorgos giorgis george yorgos yiorgos jorgos
ioannis giannis yannis yiannis john ioannes gianis janis
dimitrios dimitris mitsos dimitri jimmy mimis
nikolaos nikos nick nikolas
panagiotis panos takis panayiotis
vasileios vasilis vassilis bill vasilios
christos chris christakis
athanasios thanasis thanos sakis nasos
spyridon spyros
michail michalis michael mihalis mike
anastasios tasos
evangelos vangelis
theodoros thodoris theo
apostolos tolis
alexandros alekos alexis alex
emmanouil manolis manos emanuel
eleftherios lefteris
charalampos babis haris charis
stylianos stelios
antonios antonis
vasiliki vaso viki vicky
georgia gogo
dimitra demi mimi
konstantina ntina dina
paraskevi vivi evi voula paris
anastasia tasoula natasa sia natassa
eirini irini rena
sofia sofi sophie
evangelia litsa eva evi lia
panagiota giota toula yota
ioanna gianna joanna
aggeliki angeliki kiki
stavroula roula voula
athanasia nasia soula
chrysoula chrysa
janez jan jani janko
jozef joze pepi
franc france franci feri
alojz lojze slavko
anton tone toni
matjaz matija matic
stefan stef stefko
marija mojca micka
katarina katja kati katra
jozefa pepca
aleksander sandi sasa
aleksandra sasa sandra
jernej nejc
bostjan bosko
erzsebet erzsi bozsi zsoka erzsike
istvan pista isti
janos jani jancsi
jozsef joska jozsi
laszlo laci
ferenc feri
gabor gabi
gabriella gabi gabriela
sandor sanyi
andras andris bandi
mihaly misi miska
gyorgy gyuri
peter peti petya
tamas tomi
zoltan zoli
attila ati
imre imi
lajos lali
katalin kati kata katica
ilona ili ica ilonka
judit juci jutka
zsuzsanna zsuzsa zsuzsi
krisztina kriszti krisz
eszter eszti
agnes agi
margit manci
magdolna magdi
maria mari marika mariska
aniko ani
ildiko ildi
william will bill billy liam willy
robert rob bob bobby
elizabeth liz beth lizzie betty eliza
katherine kate katie kathy cathy catherine
margaret maggie meg peggy
michael mike mick mickey
james jim jimmy jamie
john jack johnny
thomas tom tommy
richard rick dick rich
edward ed ted eddie ned
alexander alex sandy xander
christopher chris kit
anthony tony
andrew andy drew
charles charlie chuck
daniel dan danny
david dave davy
joseph joe joey
matthew matt
samuel sam sammy
stephen steve steven
susan sue suzie
jennifer jen jenny
patricia pat patty trish
rebecca becky
"""


def _by_name() -> dict[str, frozenset[int]]:
    groups = defaultdict(set)
    for number, line in enumerate(_GROUPS.split("\n")):
        for name in line.split():
            groups[name].add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


SHORT_NAMES: Final = _by_name()  # each name, and the groups that it is in
