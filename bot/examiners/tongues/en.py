"""English: which words carry meaning, which are opposites, which claim."""

from __future__ import annotations

import re

from bot.examiners.tongues.choosing import Choosing
from bot.examiners.tongues.tongue import Tongue, spelling
from bot.speech import later


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STOP = _set(
    "a an the this that these those it its they them their there is are was were be been being am"
    " of to in on at by for from with as and or but so because then which who when while where"
    " whereas if than also can could will would may might must should do does did has have had i"
    " we you he she my our your into onto out up down over not no never more less very much too"
    " just only about such other some any all each every both s t etc eg ie therefore thus hence"
    " since however how what why state explain outline describe give get got make made cause lead"
    " mean become due through via between within without across like thing yet still also again"
)
_JOINTS = _set(
    "and but because so while whereas then which when since therefore however than if for as thus"
    " hence causing making meaning although"
)
_ALIASES = {
    **dict.fromkeys(("na", "na+"), "sodium"),
    **dict.fromkeys(("k", "k+"), "potassium"),
    **dict.fromkeys(("ca", "ca2", "ca2+", "ca+"), "calcium"),
    **dict.fromkeys(("cl", "cl-"), "chloride"),
    **dict.fromkeys(("h+", "protons"), "proton"),
    **{"o2": "oxygen", "co2": "carbon", "h2o": "water", "mg": "magnesium", "n2": "nitrogen"},
    **{"conc": "concentration", "concs": "concentration", "temp": "temperature"},
    **dict.fromkeys(("bc", "cos", "cuz", "coz", "bcs"), "because"),
    **{"govt": "government", "thru": "through", "wil": "will", "thats": "that", "theres": "there"},
    **{"neg": "negative", "pos": "positive", "n": "and", "b4": "before", "abt": "about"},
    **{"w": "with", "outta": "out", "gotta": "must", "wanna": "want", "hi": "high", "lo": "low"},
    **{"neurone": "neuron", "neurones": "neurons", "ach": "acetylcholine"},
    **{"nt": "neurotransmitter", "nts": "neurotransmitter"},
    **{"↑": "increase", "↓": "decrease", "→": "then", ">": "more", "<": "less"},
    **{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"},
    **dict.fromkeys(("won't", "can't", "cannot", "isnt", "doesnt", "dont", "cant"), "not"),
    **dict.fromkeys(("arent", "arnt", "didnt", "wont", "wasnt", "wernt", "havent"), "not"),
}
_SYMBOLS = frozenset("WN")  # elements and units, which only in small letters are 'with' and 'and'
_LOOKALIKES = (
    "mitosis meiosis|endothermic exothermic|hydrophobic hydrophilic|glucagon glucogen"
    "|homozygous heterozygous|transcription transpiration|transcription translation"
    "|inhibition inhalation|absorption adsorption|thymine thiamine|artery arteriole"
    "|intracellular intercellular|prophase prometaphase|ureter urethra"
)

# Opposites: what stands on the two sides of an axis.
_AXES: dict[str, tuple[str, str]] = {
    "in/out": (
        "into inward inwards inside interior enter enters entering entry influx intracellular"
        " import uptake inflow cytoplasm cytosol",
        "out outward outwards outside exterior leave leaves leaving left exit exits efflux"
        " extracellular export expel expelled escape escapes outflow remove removes removed",
    ),
    "more/less": (
        "more greater increase increased rise rises rising rose higher high highest grow grew gain"
        " larger large bigger big faster fast quicker quickly rapid rapidly stronger strong longer"
        " raise raised accelerate maximum excess surplus expand amplify warmer hotter hot thicker"
        " thick wider wide steeper climb enhance above",
        "less fewer decrease decreased decline fall falls fell falling lower low lowest shrink"
        " drop drops reduce reduced smaller small slower slow slowly weaker weak shorter lowered"
        " minimum deficit diminish cooler colder cold thinner thin narrower narrow lose lost loses"
        " loss below",
    ),
    "positive/negative": ("positive positively", "negative negatively"),
    "before/after": ("before prior precede", "after afterwards follow following"),
    "open/closed": (
        "open opens opened opening unblock",
        "close closes closed closing shut shuts block",
    ),
    "bind/release": (
        "bind binds bound attach attaches",
        "release released detach unbind dissociate",
    ),
    "active/passive": ("active actively", "passive passively"),
    "against/along": ("against uphill", "downhill"),
    "depolarised/repolarised": (
        "depolarise depolarisation",
        "repolarise repolarisation hyperpolarise hyperpolarisation",
    ),
    "before/after the synapse": ("presynaptic", "postsynaptic"),
    "sodium/potassium": ("sodium", "potassium"),
    "oxidised/reduced": ("oxidised oxidation oxidise", "reduction"),
    "attract/repel": ("attract attracts hydrophilic", "repel repels hydrophobic"),
    "saturated/unsaturated": ("saturated", "unsaturated"),
    "into/out of": ("endothermic endocytosis", "exothermic exocytosis"),
    "aerobic/anaerobic": ("aerobic aerobically", "anaerobic anaerobically"),
    "dominant/recessive": ("dominant", "recessive"),
    "homozygous/heterozygous": ("homozygous", "heterozygous"),
    "haploid/diploid": ("haploid meiosis", "diploid mitosis"),
    "sensory/motor": ("sensory afferent", "motor efferent"),
    "myelinated/unmyelinated": ("myelinated", "unmyelinated nonmyelinated"),
    "absorb/emit": ("absorb absorbs absorption", "emit emits emission"),
    "supply/demand": ("supply", "demand"),
    "buyers/sellers": (
        "buy buyers consumers consumer",
        "sell sellers producers producer",
    ),
    "acid/base": ("acid acidic", "alkali alkaline basic"),
    "excite/inhibit": (
        "excite excitatory stimulate activate",
        "inhibit inhibitory suppress",
    ),
    "appreciate/depreciate": ("appreciate appreciation", "depreciate depreciation"),
    "anode/cathode": ("anode", "cathode"),
    "cation/anion": ("cation", "anion"),
    "artery/vein": ("artery arteries", "vein veins"),
    "inflation/deflation": ("inflation", "deflation"),
    "condensation/hydrolysis": ("condensation", "hydrolysis"),
    "make/break": (
        "synthesise build builds formed form",
        "destroy breaks broken digest hydrolyse",
    ),
}
# Axes on which 'not' turns a word into its opposite; on the others it only denies.
_TURNED_BY_NOT = frozenset(
    {
        *("in/out", "more/less", "positive/negative", "open/closed", "bind/release"),
        *("active/passive", "myelinated/unmyelinated", "attract/repel", "excite/inhibit"),
    }
)
# Going into one of these is leaving the cell.
_OUTSIDES = "blood lumen fluid cleft gap space environment surroundings medium bloodstream"
_MOVES = (
    "move pump go flow diffuse come bring take carry transport let rush push pass travel goes went"
    " pull get leak send flood pour"
)
_NEGATORS = _set("not no never without neither nor fail unabl prevent")

# Verbs and relations: where none stands, nothing is claimed.
_TERMS = _set("state list identify name label define give")
# Everyday words of explanations that are often misspelt; terms come from the mark scheme.
_SPELLED = _set(
    "increase increased increases increasing decrease decreased decreases decreasing negative"
    " positive outside inside higher smaller bigger greater against through potassium sodium slower"
    " faster because released before reduced concentration energy"
)
_CLAIMING = (
    "become go move diffuse open close allow require produce bind enter leave keep maintain carry"
    " prevent give take lose reduce raise get contain provide happen occur reach return remain stay"
    " exceed depend convert store absorb emit react create generate inhibit stimulate catch buy"
    " sell grow fail sit slow drive save send slip make cause lead bring let"
)
# Nouns as they stand ('the pump'), verbs when they are inflected ('pumped').
_CLAIMING_INFLECTED = (
    "pump flow increase decrease rise fall need use release change help transport stop start form"
    " break gain lower act mean travel pass work trigger block cost pay spread climb push pull show"
    " swap leak signal bond stain cross balance"
)
_AUXILIARY = _set("is are was were be been has have had do does can will would")
_RELATING = _set(
    "to from into out by because so than through across against when while as for with after"
    " before which that if then not no"
)
# What a student does, in notes without a subject: 'put 4 and 5 together'. Seldom a keyword.
_DOING = _set(
    "put add take draw fill rinse shake pick multiply divide combine merge replace compare"
    " skip skips fades took drew picked added"
    " multiplied copied rejected reject otherwise"
)
# Words to whoever marks. Each alternative must leave alone what answers say: 'a melting point is
# given', 'the nervous system: …', 'bacteria are helpful', 'banks give credit', 'genetic markers'.
_PLEAS = re.compile(
    r"mark\s?-?schemes?\b|\b(?:examiner|grader)s?\b|\b(?:dear|the|my|hey|hello)\s+(?:marker|teacher)\b"
    r"|\b(?:full|all|maximum|max|top|every)\s+(?:of\s+)?(?:the\s+|my\s+)?(?:marks?|credit|score)\b"
    r"|\b(?:full|maximum|max)\s+points\b"
    r"|\b(?:award|grant|deserves?)\b[^.!?\n]{0,40}\b(?:marks?|points?|credit)\b"
    r"|\b(?:give|award)\b[^.!?\n]{0,30}(?:\bmarks?\b|\b\d+\s*/\s*\d+\b|\bout of \w+)"
    r"|\bgive\s+(?:me|this|it|my)\b[^.!?\n]{0,30}\b(?:points?|credit|score)\b"
    r"|\b(?:ignore|disregard|forget|override|skip)\b[^.!?\n]{0,40}\b(?:instructions?|prompt|rubric|scheme"
    r"|criteria|above|previous|what you were told)\b"
    r"|^\W*(?:system|assistant|developer)\s*(?:prompt|message)?\s*:|\bsystem\s+(?:prompt|message)\b"
    r"|\blanguage model\b|\bas\s+an?\s+ai\b|\bjailbreak|\byou\s+are\s+now\b"
    r"|\byou\s+are\s+(?:an?\s+)?(?:helpful|ai|assistant|chatbot)\b"
    r"|\bmark\s+(?:this|me|it|my)\b|\bset\s+(?:the\s+)?score\b"
    r"|\b(?:count|treat|accept|score)\s+(?:this|it|all|every\w*)\s+as\s+(?:right|correct|earned|full)"
    r"|\bthis\s+(?:answer|response)\s+(?:deserves|earns|(?:is|should\s+be|must\s+be|counts\s+as)\s+"
    r"(?:\w+\s+)?(?:correct|right|perfect|awarded|accepted|full))"
    r"|\bp\d\s*(?:=|:)?\s*(?:true|awarded|earned)\b"
    r"|</?(?:answer|system|instructions?|user|assistant|marks?|script|student\w*)>",
    re.IGNORECASE | re.MULTILINE,
)
_AS = r"(?:as|since|for|so|bc|b\w{0,2}c\w{0,3}se?|c(?:au|o|u)[sz]e?)\b"  # 'because', as typed
_CHOOSING = Choosing(  # an English 'a' or 'A' before a word is no letter
    letters=(
        r"(?:(?i:\b(?:option|answer|ans|choice|letter|choose|pick)\b(?:\s+(?:is|was|would\ be))?"
        r"\s*[:=-]?\s*[(\[\"'*]*)(?P<named>[«any»«lower»])\b(?!['’]|\s+[a-z]+\s+ion)"
        r"|\A\W*(?P<first>[«any»«lower»])(?:\W*\Z|[).:\],]|\s+[-–—:]|\s*\n"
        rf"|\s+(?i:{_AS}|is|i|no|not|or|and|wait|sorry|actually)\b)"
        r"|\b(?i:its|it's|is|it|think|guess|say|with|for|be|mean|meant|wait|no)\s+"
        rf"(?P<last>[«lower»])(?:\W*\Z|[).:\],]|\s+(?i:{_AS}))"
        rf"|\b(?i:its|it's|answer|is)\s+(?P<said>[«any»])\s+(?i:{_AS})"
        r"|[(\[](?P<bracketed>[«any»«lower»])[)\]]"
        r"|(?<![\w'’-])(?P<alone>[«any»])"
        r"(?![\w'’+⁺]|-\w|[23²³]|\s+(?!or\s+[«any»]\W*(?:\Z|[.,;\n]))[a-z]{2,}\s))"
    ),
    correction=re.compile(
        r"\b(?:no|wait|sorry|actually|i mean|meant|rather|scratch that|correction|change[sd]?"
        r"|instead|changing|my bad|oops)\b|->|→",
        re.IGNORECASE,
    ),
    hedge=re.compile(r"\W*(?:or|and|maybe|/|&|either)\W*", re.IGNORECASE),
    ruled_out=re.compile(
        r"\b(?:not|isn'?t|never|except|rule out|eliminate)\s+(?:option\s+)?\W?$", re.IGNORECASE
    ),
    denied=re.compile(r"\bnot\b|n['’]?t\b|\bnever\b|\bexcept\b|\bor\b", re.IGNORECASE),
    joined=r"and\b|or\b",
    words=frozenset("a"),
    opens=True,
)
# 'cos' with an angle behind it is the cosine, else it is how chats spell 'because'
_COSINE = (
    r"(?i)cos(?:²|\^|\s*[(θφα-ωπ]"
    r"|\s+(?:[b-hj-tv-z]\b|\d+(?:\.\d+)?\s*(?:[=°πθ)]|[b-hj-tv-z]\b|$)))"
)

TONGUE = Tongue(
    code="en",
    name=later("English"),
    stemmer="english",
    word=re.compile(
        r"(?<![\w.)])[-−–+]\d+(?:\.\d+)?|[^\W_]+(?:['’][a-z]+)?(?:[+⁺](?![\w]))?|[↑↓→<>]"
    ),
    stop=_STOP,
    joints=_JOINTS,
    small=(_STOP | _RELATING) - {"and", "or", "all"},
    relating=_RELATING,
    auxiliary=_AUXILIARY,
    claiming=_CLAIMING,
    negators=_NEGATORS,
    axes=_AXES,
    turned_by_not=_TURNED_BY_NOT,
    aliases=_ALIASES,
    pleas=_PLEAS,
    between="and or",
    offers=re.compile(r"\b(?:or|whether|which)\b", re.IGNORECASE),
    choosing=_CHOOSING,
    harmless=dict.fromkeys(_NEGATORS, frozenset({"only", "just", "longer", "matter"})),
    by_stem=True,
    agreeing=False,
    strict=False,
    least=3,
    near=84.0,
    claiming_inflected=_CLAIMING_INFLECTED,
    inflected=("s", "ed", "ing"),
    doing=_DOING,
    spelled=_SPELLED,
    lookalikes=_LOOKALIKES,
    symbols=_SYMBOLS,
    terms=_TERMS,
    read_as=spelling((_COSINE, "cosine")),
    before_stemming=spelling(
        (r"iz(e|ed|es|ing|ation|ations)$", r"is\1"),
        (r"(?<=\w)our$", "or"),
        (r"[ao]e(?=\w{3})", "e"),
    ),
    outsides=_OUTSIDES,
    moves=_MOVES,
    ends=("from", "to"),
    than="than",
    comparing={"more": 1, "less": -1, "fewer": -1},
    inward="in",
    rising={"up": 1, "down": -1, "along": -1},
)
