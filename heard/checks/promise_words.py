"""How we promise something in our languages, what makes a promise vague, and what says when.

Written without accents, as `plain` gives them.
"""

from __future__ import annotations

import re
from typing import Final

from heard.checks.regex import regex

_VAGUE: Final = (
    r"(?<!how )(?<!too )(?<!as )(?<!sooner or )soon(?! as| after|er\b)|shortly|asap|"
    r"as soon as (?:possible|we can|we are able|we know)|first thing|when we can|"
    r"in due course|in the near future|at the earliest opportunity|as quickly as (?:possible|we can)|"
    r"in no time",
    r"brzy|brzo|zahy|v nejblizsi dobe|co nejdrive|co nejrychleji|jak jen to pujde|v dohledne dobe|"
    r"obratem|neprodlene|za chvili|co mozna nejdrive|v nejkratsi (?:mozne )?dobe|pri nejblizsi prilezitosti",
    r"kmalu|v kratkem|cim prej|cimprej|v najkrajsem moznem casu|v najkrajsem casu|"
    r"v najkrajsem(?: moznem)? roku|v bliznji prihodnosti|ob prvi priloznosti|takoj,? ko bo (?:mogoce|mozno)|"
    r"takoj,? ko bomo lahko|"
    r"kakor hitro bo mogoce",
    r"hamarosan|rovidesen|mihamarabb|minel elobb|minel hamarabb|mielobb|a leheto leghamarabb|"
    r"a lehető leghamarabb|"
    r"leghamarabb|a kozeljovoben|amilyen (?:gyorsan|hamar) csak (?:lehet|tudjuk)|amint (?:lehet|tudjuk|"
    r"tudunk)|hamar(?= (?:jelentkez|valaszol|intez|ertesit))|nemsokara",
    r"συντομα|το συντομοτερο(?: δυνατον?| δυνατο)?|συντομοτερα|οσο πιο γρηγορα γινεται|"
    r"το ταχυτερο(?: δυνατον?)?|μολις (?:μπορεσουμε|μπορουμε|γινει δυνατον?)|αμεσα|εν ευθετω χρονω|"
    r"προσεχως|στο αμεσο μελλον",
)
_COMMITS: Final = (
    r"(?:we|i)(?: will|'ll| shall| are going to| am going to) (?!not\b|never\b)(?:\w+ )?(?:call|phone|"
    r"ring|contact|get back|get in touch|write|"
    r"reply|respond|let you know|inform|update|refund|send|come back|answer|be in touch|look into|"
    r"resolve|fix|follow up|get this sorted|sort (?:this|it) out)|"
    r"(?:(?:a|an|our|my|the) (?:colleague|colleagues|team|agent|technician|specialist|manager|courier|driver)|"
    r"somebody|"
    r"someone)(?: (?:from|in|of) (?:the|our) \w+(?: team)?)? (?:will|is going to|are going to|"
    r"shall) (?:then )?(?:call|phone|ring|contact|get back|get in touch|write|reply|respond|"
    r"let you know|inform|"
    r"be in touch|answer)|you(?: will|'ll) hear (?:back )?from us",
    r"(?:ozveme se|ozvu se|zavolame|zavolam|napiseme|napisu|budeme (?:vas |te )?(?:kontaktovat|"
    r"informovat)|kontaktujeme vas|"
    r"dame (?:vam|ti) vedet|dam (?:vam|ti) vedet|vratime (?:vam|ti)|posleme (?:vam|ti)|zasleme (?:vam|"
    r"ti)|vyresime|"
    r"(?:vam|ti) (?:zavolame|napiseme|odpovime|posleme|zasleme|dame vedet)|se (?:vam|ti) (?:ozveme|ozvu)|"
    r"(?:kolega|kolegyne|kolegove|technik|specialista|oddeleni|tym|nekdo)(?: z \w+(?: \w+)?)? (?:se )?(?:(?:s )?(?:vam\w?|vas|ti|"
    r"tebou) )?"
    r"(?:spoji|ozve|ozvou|zavola|zavolaji|napise|napisi|odpovi|kontaktuje)|budete (?:informovan\w|kontaktovan\w)|"
    r"vyridime to)",
    r"(?:(?:vas|te|vam|ti) bo(?:mo|m) (?:poklical\w|kontaktiral\w|obvestil\w|sporocil\w|odgovoril\w|"
    r"pisal\w|vrnil\w|poslal\w)|"
    r"(?:poklicali|kontaktirali|obvestili|odgovorili|vrnili|poslali|pisali|oglasili) (?:vas|te|vam|ti|"
    r"se|se vam) bomo|"
    r"se (?:vam |ti )?bo(?:mo|m) (?:oglasil\w|javil\w)|javili se bomo|oglasili se bomo|sporocimo vam|"
    r"se oglasimo|(?:sodelavec|sodelavka|sodelavci|kolega|kolegica|serviser|tehnik|nekdo|"
    r"ekipa)(?: iz \w+)? (?:(?:vas|te|vam|ti|se) ){1,2}(?:poklice|kontaktira|obvesti|odgovori|pise|oglasi|javi)\b|"
    r"(?:sodelavec|sodelavka|sodelavci|kolega|kolegica|serviser|tehnik|nekdo|ekipa)(?: iz \w+)? "
    r"(?:(?:vas|te|vam|ti|se) ){0,2}bo(?:do)? (?:vam |ti )?(?:poklical\w?|kontaktiral\w?|odgovoril\w?|"
    r"pisal\w?|oglasil\w?|"
    r"javil\w?|obvestil\w?)|boste obvescen\w|uredili bomo|(?:vas|te) bomo obvestili|popravili bomo)",
    r"(?:(?:fel|vissza) ?(?:fogjuk )?(?:hivjuk|hivom)|felvesszuk (?:onnel|veled)|jelentkez(?:unk|em|"
    r"ni fogunk)|ertesit(?:juk|unk|em|eni fogjuk)|"
    r"tajekoztat(?:juk|ni fogjuk)|keresni fogjuk|valaszol(?:unk|ni fogunk)|visszateritjuk|elkuldjuk|"
    r"megoldjuk|irunk (?:onnek|neked)|"
    r"(?:kolleg\w{2,4}|munkatars\w{2,4}|szerelonk|valaki|csapatunk)(?: (?:a|az) \w+)? (?:majd |"
    r"hamarosan )?(?:fel fogja hivni|vissza fogja hivni|visszahivja|visszair|visszajelez|felveszi|jelentkezik|"
    r"felhivja|hivni fogja|"
    r"keresni fogja|megkeresi|ertesiti|valaszol|ir)|elintezzuk)",
    r"(?:θα (?:σας |σου |σε )?(?:τηλεφωνησει|τηλεφωνησουν|απαντησουν|καλεσουμε|καλεσω|επικοινωνησουμε|"
    r"επικοινωνησω|ενημερωσουμε|ενημερωσω|"
    r"απαντησουμε|γραψουμε|"
    r"στειλουμε|επιστρεψουμε|τηλεφωνησουμε|πουμε|το λυσουμε|"
    r"επικοινωνησει|επικοινωνησουν|καλεσει|καλεσουν|απαντησει|γραψει|ενημερωσει|ενημερωθειτε|ενημερωθεις|"
    r"το τακτοποιησουμε))",
)
_WHEN: Final = (
    r"\d|\{|\b(?:two|three|four|five|six|ten|twelve|day|days|hour|hours|week|weeks|minute|minutes|"
    r"month|months|year|today|tonight|tomorrow|"
    r"morning|afternoon|evening|noon|midnight|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
    r"january|february|march|april|june|july|august|"
    r"september|october|november|december|now|right away|immediately|at once|right now|already|beforehand|"
    r"in advance|just)\b",
    r"\b(?:dnes|dneska|zitra|pozitri|vecer|rano|dopoledne|odpoledne|den|dne|dni|dnu|dny|hodin\w*|"
    r"minut\w*|tyden|tydne|tydnu|tydny|mesic\w*|"
    r"pondel\w+|uter\w+|stred[auy]|ctvrt\w+|pat(?:ek|ku)|sobot\w|nedel\w|vikend\w*|ihned|predem|hned|uz|"
    r"prave|ted|nyni|ledna|unora|brezna|dubna|kvetna|"
    r"cervna|cervence|srpna|zari|rijna|listopadu|prosince)\b",
    r"\b(?:danes|jutri|pojutrisnjem|zvecer|zjutraj|dopoldne|popoldne|dan|dneva|dneh|dni|dneva|ur|ure|"
    r"uri|urah|minut\w*|teden|tedn\w+|mesec\w*|"
    r"ponedelj\w+|tor(?:ek|ka)|sred[oae]|cetrt\w+|pet(?:ek|ka)|soboto|nedeljo|vikend\w*|takoj(?! ko)|vnaprej|"
    r"zdaj|ravnokar|pravkar|januarja|februarja|"
    r"marca|aprila|maja|junija|julija|avgusta|septembra|oktobra|novembra|decembra)\b",
    r"\b(?:ma|mai|holnap\w*|holnaputan|este|reggel|delutan\w*|delelott|nap|napon|napja|napot|ora|oran|"
    r"oraban|orat|percen|perc|het|heten|"
    r"hetfo\w*|kedd\w*|szerda\w*|szerdan|csutortok\w*|pentek\w*|szombat\w*|vasarnap\w*|hetveg\w*|"
    r"azonnal|elotte|most|honap\w*|mar|januar\w*|februar\w*|"
    r"marcius\w*|aprilis\w*|majus\w*|junius\w*|julius\w*|augusztus\w*|szeptember\w*|oktober\w*|"
    r"november\w*|december\w*)\b",
    r"\b(?:σημερα|αυριο|μεθαυριο|αποψε|πρωι|μεσημερι|απογευμα|βραδυ|ημερ\w+|μερ(?:α|ες|ων)|ωρ(?:α|ες|"
    r"ων)|λεπτ\w+|εβδομαδ\w+|μην(?:α|ες|ων)|"
    r"δευτερα|τριτη|τεταρτη|πεμπτη|παρασκευη|σαββατο\w*|κυριακη|τωρα|ηδη|μολις τωρα|ιανουαριου|"
    r"φεβρουαριου|μαρτιου|απριλιου|μαιου|ιουνιου|ιουλιου|"
    r"αυγουστου|σεπτεμβριου|οκτωβριου|νοεμβριου|δεκεμβριου)\b",
)
# A thing that has to happen first says when, too.
_AFTER_THAT: Final = (
    r"\b(?:once|when|as soon as (?!possible|we can|we are able)|after|if|until)\b",
    r"\b(?:jakmile|az|pokud|kdyz|kdyby|po)\b",
    r"\b(?:ko|ce|potem ko|brz ko|po)\b",
    r"\b(?:amint|ahogy|ha|miutan|amikor|mihelyt|utan)\b",
    r"\b(?:μολις|οταν|αν|εαν|αφου|μετα)\b",
)
# The customer has to do something first: "write to us here, and we will answer".
_ASKED_FIRST: Final = (
    r"\b(?:you can|you may|you are welcome|you're welcome|write|reply|message|send|tell)\b[^.!?]{0,120}(?:,|"
    r"\band)\s?$",
    r"\b(?:napiste|napis|pis|piste|poslete|posli|zaslete|dejte|dej|ozvete se|ozvi se|"
    r"staci)\b[^.!?]{0,120}(?:,|\ba)\s?$",
    r"\b(?:pisite|pisi|posljite|poslji|sporocite|sporoci|oglasite se|javite)\b[^.!?]{0,120}(?:,|\bin)\s?$",
    r"\b(?:irj\w{0,3}|kuldj\w{0,4}|jelezz\w{0,2}|szolj\w{0,3})\b[^.!?]{0,120}(?:,|\bes)\s?$",
    r"\b(?:γραψτε|γραψε|στειλτε|στειλε|πειτε|πες|ενημερωστε)\b[^.!?]{0,120}(?:,|\bκαι)\s?$",
)
# Somebody hopes, says good-bye or asks the customer: no promise of ours.
_NO_PROMISE: Final = (
    r"\b(?:hope|hoping|wish|look(?:ing)? forward|see you|get well|hear from you|welcome you|please|"
    r"sorry (?:that|for)|could you|can you|if you)\b",
    r"\b(?:doufam\w*|tesim\w*|prejem\w*|na videnou|na shledanou|uvidime se|prosim\w*|mohl[aiy]? byste|"
    r"mohl[ai]? bys|uzdrav\w*|omlouvame se,? ze)\b",
    r"\b(?:upam\w*|veselimo|zelimo|nasvidenje|se vidimo|prosim\w*|bi lahko|okrevaj\w*)\b",
    r"\b(?:remel\w+|varjuk (?:vissza|szeretettel)|viszontlatasra|talalkozunk|kivan\w+|kerj(?:uk|ek)|"
    r"kerem|jobbulast|latogass\w*)\b",
    r"\b(?:ελπιζ\w+|ευχομ\w+|τα λεμε|περιμενουμε|ανυπομον\w+|παρακαλ\w+|περαστικα|μπορειτε να|"
    r"μπορεις να)\b",
)
# Something is going to happen, or is so still.
_WILL_BE: Final = (
    r"\b(?:will|shall|going to|we are|it is)\b|'ll\b",
    r"\b(?:bud(?:u|eme|e|ou|ete|es)|\w{3,20}(?:eme|ime|ame)|poslu|zavolam|ozvu|napisu|doraz\w{1,3}|prij[de]\w{1,4}|"
    r"dostan\w{1,4}|obdrz\w{1,3}|plati)\b",
    r"\b(?:bo|bom|bomo|bodo|boste|bos|\w{3,20}(?:emo|imo|amo)|prid\w{1,3}|prispe\w{0,2}|dobi\w{1,3}|velja)\b",
    r"\b(?:fog\w{1,4}|lesz\w{0,3}|\w{3,20}(?:juk|unk|lik|jak)|(?:meg|oda|ki)?erkez\w{1,4}|megkap\w{1,3}|kap|tart)\b",
    r"\bθα\b(?! (?:ειχ|ηταν|επρεπε|μπορουσ))",
)
_WAS: Final = (
    r"\b(?:was|were|had|did|paid|ordered|sent|placed|made|bought|received|arrived|started|ended|closed on|since)\b",
    r"\b(?:jsme|jsem|jste|jsi|byl[aoiy]?|od)\b",
    r"\b(?:smo|sem|ste|bil[aoi]?|od)\b",
    r"\b(?:volt\w{0,4}|\w{3,20}(?:tuk|tunk|tam|tem|tak|tek|ott|ett|ttek))\b",
    r"\b(?:ηταν|ειχ\w{1,4}|απο)\b",
)
# "Your payment of 3 November": the day names another thing.
_THAT_DAYS: Final = (
    r"\b(?:of|from|dated|since|after)\s(?:the\s)?$|\b(?:ze?|ze? dne|od|po)\s$|\b(?:της|του|απο)\s$",
)
_OF_THAT_DAY: Final = (r"\.?-(?:j?[ei]|an kelt|en kelt|t[oe]l)\b",)
# The day that is wished to somebody is none on which anything happens.
_WISHED: Final = (
    r"\b(?:nice|lovely|great|good|wonderful|pleasant) (?:day|morning|afternoon|evening|night|weekend|week)\b",
    r"\b(?:hezk|pekn|krasn|prijemn|dobr)\w{1,3} (?:den|dne|rano|vecer|vikend|tyden|dopoledne|odpoledne)\b",
    r"\b(?:lep|prijet|dob)\w{0,4} (?:dan|jutro|vecer|vikend|teden|popoldne)\b",
    r"\b(?:szep|jo|kellemes) (?:napot|reggelt|estet|delutant|hetveget|hetet)\b",
    r"\bκαλ\w{1,3} (?:σας |σου )?(?:ημερα|μερα|απογευμα|βραδυ|σαββατοκυριακο|εβδομαδα)\b",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return regex("|".join(patterns))


def _words(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return regex(rf"\b(?:{'|'.join(patterns)})\b")


VAGUE: Final = _words(_VAGUE)
COMMITS: Final = _words(_COMMITS)
WHEN: Final = _any(_WHEN)
AFTER_THAT: Final = _any(_AFTER_THAT)
ASKED_FIRST: Final = _any(_ASKED_FIRST)
NO_PROMISE: Final = _any(_NO_PROMISE)
WISHED: Final = _any(_WISHED)
WILL_BE: Final = _any(_WILL_BE)
WAS: Final = _any(_WAS)
THAT_DAYS: Final = _any(_THAT_DAYS)
OF_THAT_DAY: Final = _any(_OF_THAT_DAY)
