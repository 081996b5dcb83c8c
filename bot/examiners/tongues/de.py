"""German: which words carry meaning, which are opposites, which claim."""

from __future__ import annotations

import re

from bot.examiners.tongues.choosing import choosing
from bot.examiners.tongues.tongue import TURNED_BY_NOT, Tongue, numbers, plain_set, spelling
from bot.speech import later

# Once ä is a, ae is too; it is the same for all words, so that none is told from another wrongly.
_SWAPS = spelling(("ae", "a"), ("oe", "o"), ("(?<!q)ue", "u"))


def _plain(words: str) -> frozenset[str]:
    return plain_set(words, _SWAPS)


_ARTICLES = _plain("der die das den dem des ein eine einen einem einer eines")
_STOP = _ARTICLES | _plain(
    "und oder aber denn sondern doch weil dass daß ob wenn als wie während obwohl damit da dann"
    " also in im an am auf aus bei beim mit nach von vom zu zum zur für über unter vor hinter"
    " zwischen durch gegen ohne um bis seit wegen ich du er sie es wir ihr ihnen mich dich sich"
    " uns euch ihn ihm mein meine meinen dein deine sein seine seinen seiner seinem ihre ihren"
    " ihrer ihrem unser unsere dieser diese dieses diesen diesem jener jede jeder jedes welche"
    " welcher welches was wer wo wann warum wieso man ist sind war waren bin bist wird werden"
    " wurde wurden worden hat haben hatte hatten habe hast wäre würde würden kann können konnte"
    " soll sollen muss müssen will wollen nicht kein keine keinen keinem keiner nie niemals"
    " niemand niemanden nichts weder noch mehr weniger sehr zu auch schon nur so viel viele"
    " vielen alle alles allen andere anderen ja nein dort hier etwa text sagt"
)
_JOINTS = _plain("und aber weil obwohl während wenn dass daß denn sondern damit deshalb dann also")
_RELATING = _plain(
    "weil dass daß denn wenn als ob damit um für mit ohne von vom nach aus in im an am auf bei zu"
    " zum zur über unter vor durch gegen bis seit wegen während obwohl sondern nicht kein keine"
    " keinen nie niemand nichts sich"
)
_AUXILIARY = _plain(
    "ist sind war waren bin bist wird werden wurde wurden worden hat haben hatte hatten habe wäre"
    " würde würden kann können konnte konnten soll sollen sollte muss müssen musste will wollen"
    " wollte darf dürfen durfte mag möchte möchten gibt gab geht gehen ging kommt kommen kam"
    " macht machen machte tut lässt lassen sieht weiß wissen findet finden"
)
_ENDINGS = {
    "en": "-e -st -t -en -te -ten -test -tet",
    "ten": "-te -test -tet -ten -tete -teten",
}
_MUCH = "viel viele vielen zahlreiche"
_LITTLE = "wenige wenigen wenig"
_AXES = {
    "more/less": (
        "mehr mehrheit steig:en stieg stiegen gestiegen wachs:en wächst wuchs gewachsen"
        " nimmt+zu nehmen+zu"
        " zunahm zunehmen zugenommen erhöh:en erhöht anstieg verdoppel:en"
        " verdoppelt doppelt"
        f" {_MUCH}",
        "weniger minderheit sink:en sank sanken gesunken fall:en fällt fiel fielen gefallen"
        " nimmt+ab nehmen+ab abnehmen abgenommen senk:en gesenkt verringer:en verringert"
        " reduzier:en"
        " rückgang hälfte"
        f" {_LITTLE}",
    ),
    "before/after": (
        "vorher zuvor früher früh bevor",
        "nachher danach später spät nachdem",
    ),
    "in/out": (
        "hinein herein rein steigt+ein steigen+ein einsteigen eingestiegen betritt betreten",
        "hinaus heraus raus steigt+aus steigen+aus aussteigen ausgestiegen verlässt verlassen"
        " verließ",
    ),
    "arrive/leave": (
        "kommt+an kommen+an kam+an kamen+an ankommen angekommen ankunft kommt+zurück"
        " zurückkommen zurückgekommen"
        " kehrt+zurück zurückgekehrt bleib:en blieb geblieben",
        "fährt+ab fahren+ab abfahren abgefahren abfahrt geht+weg gehen+weg weggehen weggegangen"
        " verlässt"
        " verlassen verließ zieht+weg ziehen+weg weggezogen wegziehen auswander:en",
    ),
    "win/lose": (
        "gewinn:en gewann gewannen gewonnen gewinn",
        "verlier:en verlor verloren verlust",
    ),
    "buy/sell": (
        "kauf:en gekauft einkaufen eingekauft käufer",
        "verkauf:en verkauft verkäufer",
    ),
    "start/stop": (
        "fängt+an fangen+an fing+an anfangen angefangen beginn:en begann begonnen anfang"
        " starte:en weiter"
        " macht+weiter",
        "hört+auf hörte+auf hören+auf aufhören aufgehört end:en ende beend:en beendet aufgeb:en"
        " aufgegeben",
    ),
    "open/closed": (
        "öffn:en öffnet geöffnet offen aufmachen macht+auf",
        "schließ:en geschlossen schloss macht+zu zumachen",
    ),
    "on/off": (
        "einschalten eingeschaltet schaltet+ein anmachen macht+an",
        "ausschalten ausgeschaltet schaltet+aus ausmachen macht+aus",
    ),
    "true/false": ("richtig wahr stimmt", "falsch unwahr gelogen lüge"),
    "now/then": ("jetzt heute heutzutage", "damals ursprünglich einst"),
    "allow/forbid": (
        "erlaub:en erlaubt dürfen darf durfte erlaubnis",
        "verbiet:en verbot verboten verbietet",
    ),
    "easy/hard": ("leicht leichter einfach einfacher", "schwer schwieriger schwierig schwerer"),
    "fast/slow": ("schnell schneller schnelle", "langsam langsamer langsame"),
    "cheap/dear": ("billig billiger günstig günstiger", "teuer teurer teure"),
    "big/small": (
        "groß große großen großer größer größere",
        "klein kleine kleinen kleiner kleinere",
    ),
    "near/far": ("nah nahe näher", "weit entfernt"),
    "for/against": ("dafür für", "dagegen gegen"),
    "good/bad": (
        "gut gute guten besser vorteil vorteile",
        "schlecht schlechte schlechter schlimm nachteil nachteile",
    ),
    "remember/forget": ("erinner:en erinnert", "vergess:en vergisst vergaß"),
    "unite/separate": ("verbind:en verbunden verein:en zusammen", "trenn:en getrennt"),
    "rich/poor": ("reich reiche", "arm arme"),
    "happy/sad": ("glücklich fröhlich froh zufrieden", "traurig unglücklich unzufrieden"),
    "first/last": ("erste ersten erster zuerst", "letzte letzten letzter zuletzt"),
    "inside/outside": ("drinnen innen", "draußen außen"),
    "hot/cold": ("warm heiß wärme wärmer", "kalt kälte kälter"),
    "mother/father": ("mutter mama", "vater papa"),
    "sister/brother": ("schwester", "bruder"),
    "daughter/son": ("tochter", "sohn"),
    "grandmother/grandfather": ("großmutter oma", "großvater opa"),
    "aunt/uncle": ("tante", "onkel"),
}
_UNITS = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
_NUMBERS = (
    "null - zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
    " sechzehn siebzehn achtzehn neunzehn"
)
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert"
_ALIASES = {
    **numbers(_NUMBERS, range(20), _SWAPS),
    **numbers(_TENS, range(20, 101, 10), _SWAPS),
    **{
        word: str(10 * tens + unit)
        for tens, ten in enumerate(_TENS.split()[:-1], start=2)
        for unit, one in enumerate(_UNITS, start=1)
        for word in numbers(f"{one}und{ten}", range(1), _SWAPS)
    },
    **{
        "tausend": "1000",
        "u": "und",
        "nich": "nicht",
        "nix": "nichts",
        "od": "oder",
        "vllt": "vielleicht",
    },
    **{"zb": "beispielsweise", "bzw": "oder", "wg": "wegen", "ned": "nicht", "net": "nicht"},
}
_PLEAS = re.compile(
    r"\b(?:ignorier\w*|vergiss|vergesst|vergessen\s+sie|missachte\w*|überspring\w*)\b[^.!?\n]{0,50}"
    r"\b(?:\w*anweisung|\w*bewertung|\w*schema|\w*kriteri|\w*vorgabe|\w*raster)"
    r"|\b(?:gib|gebt|geben|gebe|vergib|erteil\w*|verdien\w*)\b[^.!?\n]{0,30}"
    r"(?:\bvolle\s+punkt|\balle\s+punkte|\bdie\s+(?:volle|höchste)\s+(?:punkt|note)|\b\d+\s*/\s*\d+\b"
    r"|\bbestnote)"
    r"|\b(?:lieber?|liebe|sehr\s+geehrter?|hallo)\s+(?:herr\s+|frau\s+)?(?:prüfer|korrektor)"
    r"|\b(?:der|die|den|dem|an\s+den)\s+(?:prüfer|korrektor)(?:in)?\b[^.!?\n]{0,30}\b(?:punkt|note)"
    r"|\bdiese\s+antwort\s+(?:ist\s+(?:richtig|perfekt|korrekt)|verdient)"
    r"|\bdu\s+bist\s+(?:jetzt\s+)?(?:eine?\s+)?(?:ki|assistent)\b"
    r"|^\W*(?:volle\s+punktzahl|alle\s+punkte)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_CHOOSING = choosing(
    naming="antwort|option|buchstabe|möglichkeit|lösung|nehme|wähle|ankreuzen|tippe\\s+auf",
    article="die|das|der|den",
    saying=r"ist|wäre|glaube|denke|meine|nehme|wähle|stimmt|sage|also",
    reason=r"weil|da|denn|wegen|wgn|dass",
    following=r"ist|wäre|stimmt|nicht|oder|und|noch|nein|ich|sondern|aber|halt",
    correction=r"nein|nee|doch|sondern|ich\s+meine|quatsch|entschuldigung|sorry|moment|warte|eher"
    r"|vielmehr|korrektur|falsch|eigentlich|besser\s+gesagt",
    joined="oder|und",
    hedging=r"bzw\.?|vielleicht|entweder",
    denying=r"nicht|weder|noch|kein\w*|außer|nie|auf\s+keinen\s+fall|nein",
    dismissing=r"ist\s+(?:falsch|nicht)|stimmt\s+nicht",
)

TONGUE = Tongue(
    code="de",
    name=later("German"),
    stemmer="german",
    word=re.compile(r"(?<![\w.)])[-−–+]\d+(?:\.\d+)?|[^\W_]+|[↑↓→<>]"),
    stop=_STOP,
    joints=_JOINTS,
    small=(_STOP | _RELATING) - _plain("und oder alle alles"),
    relating=_RELATING,
    auxiliary=_AUXILIARY,
    claiming=(
        "wohn:en bleib:en lieg:en steh:en arbei:ten lern:en spiel:en kauf:en verkauf:en such:en"
        " brauch:en zeig:en"
        " erklär:en frag:en sag:en glaub:en denk:en lieb:en leb:en helf:en hilft ess:en isst"
        " fähr:en fahr:en verlier:en gewinn:en nehm:en nimmt bekomm:en änder:en schreib:en les:en"
        " liest bezahl:en mein:en steh:en hör:en besuch:en benutz:en schlaf:en schläft trag:en"
        " trägt"
    ),
    negators=_plain(
        "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem"
        " nichts ohne weder nirgends kaum"
    ),
    axes=_AXES,
    turned_by_not=TURNED_BY_NOT | {"on/off"},
    aliases=_ALIASES,
    pleas=_PLEAS,
    between="und oder",
    offers=re.compile(r"\b(?:oder|ob|welche[rsnm]?|was|wer)\b", re.IGNORECASE),
    choosing=_CHOOSING,
    harmless={"nicht": _plain("nur bloß allein zuletzt")},
    silenced={
        "mehr": _plain("nicht kein keine keinen nichts niemand nie"),
        "weiter": _plain("nicht"),
    },
    verbal=re.compile(r"(?:[^aeiou]te|ierten?|iert)$"),
    articles=_ARTICLES,
    denied_behind=5,
    measuring=_plain(f"mehr weniger {_MUCH} {_LITTLE}"),
    lessening=_plain("weniger"),
    outright=frozenset({"true/false", "buy/sell", "on/off"}),
    endings=_ENDINGS,
    swaps=_SWAPS,
    after_stemming=spelling(
        (r"^ge(?=\w{3,}t$)", ""), (r"(?<=\w{3})(?:tet|et|t)$", ""), (r"(?<=\w{4})en?$", "")
    ),
)
