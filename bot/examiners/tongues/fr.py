"""French: which words carry meaning, which are opposites, which claim."""

from __future__ import annotations

import re

from bot.examiners.tongues.choosing import choosing
from bot.examiners.tongues.tongue import TURNED_BY_NOT, Tongue, numbers, plain_set, spelling
from bot.speech import later

_ARTICLES = plain_set("le la les l' un une des du d'")
_STOP = _ARTICLES | plain_set(
    "de à au aux en dans par pour sur sous entre vers chez avec et ou ni que qu' qui quoi dont où"
    " quand comment combien pourquoi si oui je j' tu il elle on nous vous ils elles me m' te t'"
    " se s' lui leur leurs y mon ma mes ton ta tes son sa ses notre nos votre vos ce c' cet cette"
    " ces ça cela ceci est sont était étaient être été sera serait a ont avait avaient avoir ai"
    " as avons avez aura aurait fait font faire va vont aller plus moins très trop aussi encore"
    " toujours déjà ainsi mais parce car donc alors puis ensuite comme lorsque lorsqu' puisque"
    " puisqu' ne n' pas non rien jamais personne aucun aucune sans tout toute tous toutes chaque"
    " mêmes autre autres peu beaucoup tant tellement seulement même texte dit disent crois etc"
)
_JOINTS = plain_set(
    "mais parce car quand lorsque lorsqu' pendant tandis donc alors puis ensuite et que qu' qui"
    " dont où puisque puisqu' comme quoique"
)
_RELATING = plain_set(
    "que qu' qui parce car pour avec sans de du d' depuis jusque sur entre quand si comme à au"
    " aux en dans vers par chez pendant selon mais ne n' pas ni rien jamais se s' lui leur y"
)
_AUXILIARY = plain_set(
    "est sont était étaient être été sera serait fut a ont avait avaient avoir eu ai as avons"
    " avez aura aurait peut peuvent pouvait doit doivent devait va vont allait veut veulent"
    " voulait fait font faisait dit disent disait sait savent met mettent prend prennent voit"
    " voient vient viennent"
)
_ENDINGS = {
    "er": "-e -es -ons -ez -ent -ais -ait -ions -iez -aient -ai -a -èrent -é -ée -és -ées -er -era"
    " -eront -erait -eraient -ant",
    "ir": "-is -it -issons -issez -issent -issait -issaient -i -ie -ies -ir -ira"
    " -iront -irait -issant",
    "re": "-s - -ons -ez -ent -ais -ait -aient -it -irent -u -ue -us -ues -re -ra -ront -rait -ant",
    "tir": "-s -t -tons -tez -tent -tais -tait -taient -ti -tie -tis -ties"
    " -tir -tira -tiront -tirait -tant",
}
# What is more often a noun or a small word than a form of the verb beside it.
_NO_FORMS = plain_set("entre sorte sortes parties partie pars perte")
_MUCH = "beaucoup nombreux nombreuses trop"
_LITTLE = "peu rares"
_AXES = {
    "more/less": (
        "plus davantage majorité augment:er augmentation mont:er hausse doubl:er double croissance"
        " grand:ir supérieur supérieure"
        f" {_MUCH}",
        "moins minorité diminu:er diminution baiss:er baisse rédui:re réduit réduits réduisent"
        " réduction descend:re chut:er chute moitié inférieur inférieure"
        f" {_LITTLE}",
    ),
    "before/after": (
        "avant auparavant précédent tôt",
        "après ensuite suivant tard plus_tard",
    ),
    "in/out": ("entr:er", "sor:tir dehors"),
    "arrive/leave": (
        "arriv:er reven|revien:re revenir revient reviennent revenu revenue ven|vien:re venir vient"
        " viennent venu venue rest:er rentr:er",
        "par:tir quitt:er s'en_va abandonn:er fui:re fuir fuit",
    ),
    "win/lose": ("gagn:er", "perd:re"),
    "buy/sell": ("achet:er achat achats acheteur", "vend:re vente ventes vendeur"),
    "start/stop": (
        "commenc:er continu:er début débuter",
        "arrêt:er cess:er fin:ir termin:er",
    ),
    "open/closed": ("ouvr:er ouvrir ouvert ouverte ouverts ouvertes", "ferm:er"),
    "true/false": ("vrai vraie", "faux fausse mensonge"),
    "now/then": ("maintenant actuellement désormais", "autrefois jadis initialement"),
    "allow/forbid": (
        "peut peuvent pourra pourront perme:tir permet permettent permis permise permettre"
        " autoris:er autorisation",
        "interdi:re interdit interdite interdits interdites interdisent interdiction empêch:er",
    ),
    "easy/hard": ("facile faciles facilement simple", "difficile difficiles compliqué compliquée"),
    "fast/slow": ("rapide rapides rapidement vite", "lent lente lents lentes lentement"),
    "cheap/dear": ("bon_marché", "cher chère chers chères"),
    "big/small": ("grand grande grands grandes", "petit petite petits petites"),
    "near/far": ("près proche proches", "loin lointain"),
    "for/against": ("faveur", "contre"),
    "good/bad": (
        "bon bonne bons bonnes meilleur meilleure avantage avantages",
        "mauvais mauvaise pire inconvénient inconvénients",
    ),
    "remember/forget": ("souvenir souvient souviennent rappel|rappell:er", "oubli:er"),
    "unite/separate": ("rapproch:er un:ir réun:ir", "sépar:er éloign:er"),
    "rich/poor": ("riche riches", "pauvre pauvres"),
    "happy/sad": ("heureux heureuse content contente", "triste tristes malheureux malheureuse"),
    "first/last": ("premier première premiers", "dernier dernière derniers"),
    "inside/outside": ("dedans intérieur", "extérieur"),
    "hot/cold": ("chaud chaude chaleur", "froid froide"),
    "mother/father": ("mère maman", "père papa"),
    "sister/brother": ("soeur", "frère"),
    "daughter/son": ("fille", "fils"),
    "grandmother/grandfather": ("grand_mère mamie", "grand_père papi"),
    "aunt/uncle": ("tante", "oncle"),
    "formal/informal": ("formel formelle", "informel informelle"),
}
_NUMBERS = (
    "zéro - deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_TENS = "vingt trente quarante cinquante soixante"
_ALIASES = {
    **numbers(_NUMBERS, range(17)),
    **numbers(_TENS, range(20, 61, 10)),
    **{"cent": "100", "mille": "1000", "pcq": "parce", "pck": "parce", "bcp": "beaucoup"},
    **{
        "tjs": "toujours",
        "tjrs": "toujours",
        "pr": "pour",
        "ds": "dans",
        "avc": "avec",
        "pb": "problème",
    },
    **{"qd": "quand", "tt": "tout", "vs": "vous", "ns": "nous", "k": "que", "ke": "que"},
}
_PLEAS = re.compile(
    r"\b(?:ignor(?:e|es|ez|er|ons)|oubli(?:e|es|ez|er)|ne\s+tien(?:s|ez)\s+pas\s+compte)\b[^.!?\n]{0,50}"
    r"\b(?:instru[cçz]|consigne|bar[èe]me|crit[èe]re|sch[ée]ma|corrig[ée]|grille)"
    r"|\b(?:donn\w+|mets|mettez|attribu\w+|accord\w+|m[ée]rite)\b[^.!?\n]{0,30}"
    r"(?:\btous\s+les\s+points|\b(?:la\s+)?note\s+maxim|\ble\s+maximum\s+de\s+points|\b\d+\s*/\s*\d+\b)"
    r"|\b(?:cher|ch[èe]re|bonjour|madame|monsieur)\s+(?:l['’])?(?:examinat|correct)(?:eur|rice)"
    r"|\b(?:l['’]|au\s+|le\s+|la\s+)(?:examinat|correct)(?:eur|rice)\b[^.!?\n]{0,30}\b(?:point|note|maxim)"
    r"|\bcette\s+r[ée]ponse\s+(?:est\s+(?:correcte|parfaite|juste)|m[ée]rite)"
    r"|\b(?:tu\s+es|vous\s+[êe]tes)\s+(?:une?\s+)?(?:ia|assistant)\b"
    r"|^\W*(?:tous\s+les\s+points|note\s+maxim\w*)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_CHOOSING = choosing(
    naming=r"option|r[ée]ponse|lettre|choix|choisis|choisirais|prends|prendrais|opte\s+pour|coche",
    article="le|la|les",
    saying=r"est|serait|c['’]est|ce\s+serait|crois\s+que\s+c['’]est|pense\s+que\s+c['’]est|correcte|dis",
    reason=r"parce|car|puisque|vu\s+que|pcq|pck|comme|qui|que",
    following=r"est|c['’]est|non|pas|ou|et|ni|pardon|plut[ôo]t|attends|je|mais",
    correction=r"non|pardon|plut[ôo]t|je\s+veux\s+dire|attends|en\s+fait|finalement|je\s+corrige|mais"
    r"|je\s+change",
    joined="ou|et",
    hedging=r"ou\s+bien|ou\s+alors|peut[- ][êe]tre|soit",
    denying=r"pas|ni|sauf|except[ée]|jamais|non|[ée]limine|exclus|ce\s+n['’]est\s+pas",
    dismissing=r"est\s+(?:faux|fausse|incorrecte?)|n['’]est\s+pas",
    words="a y e",
)

TONGUE = Tongue(
    code="fr",
    name=later("French"),
    stemmer="french",
    word=re.compile(
        r"(?<![\w.)])[-−–+]\d+(?:\.\d+)?"
        r"|\b(?:(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu))['’](?=\w)|[^\W_]+|[↑↓→<>]"
    ),
    stop=_STOP,
    joints=_JOINTS,
    small=(_STOP | _RELATING) - plain_set("et ou tout toute tous toutes"),
    relating=_RELATING,
    auxiliary=_AUXILIARY,
    claiming=(
        "habit:er travaill:er mang:er parl:er donn:er aid:er trouv:er pens:er arriv:er"
        " achet|achèt:er vend:re perd:re gagn:er cherch:er chang:er montr:er expliqu:er pay:er"
        " port:er jou:er aim:er regard:er rest:er cré:er utilis:er protég|protèg:er fin:ir"
        " chois:ir attend:re entend:re répond:re"
    ),
    negators=plain_set("pas jamais rien aucun aucune sans ni non nul nulle guère"),
    denied_behind=2,
    paired={"plus": plain_set("ne n'"), "personne": plain_set("ne n'")},
    axes=_AXES,
    turned_by_not=TURNED_BY_NOT,
    aliases=_ALIASES,
    pleas=_PLEAS,
    between="et ou",
    offers=re.compile(r"\b(?:ou|quel(?:le)?s?|lequel|laquelle|si)\b", re.IGNORECASE),
    choosing=_CHOOSING,
    harmless={
        "pas": plain_set("seulement uniquement que"),
        "non": plain_set("seulement plus"),
        "sans": plain_set("doute cesse arrêt"),
    },
    silenced={"plus": plain_set("non")},
    verbal=re.compile(r"(?:aient|ions|erait|èrent|issent|issait|[^n]ait|eront)$"),
    articles=_ARTICLES,
    ceasing="arrêt:er_de cess:er_de",
    measuring=plain_set(f"plus moins {_MUCH} {_LITTLE}"),
    lessening=plain_set("moins"),
    outright=frozenset({"true/false", "buy/sell"}),
    endings=_ENDINGS,
    no_forms=_NO_FORMS,
    after_stemming=spelling(
        (r"(?<=\w{3})ent$", ""), (r"(?<=[nr]d)(?:r|u)$", ""), (r"(?<=\w{3})(?:aient|ait|er|e)$", "")
    ),
)
