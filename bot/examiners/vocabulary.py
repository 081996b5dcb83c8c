"""The words the trained examiner knows: which carry meaning, which are opposites, which claim."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP = _set(
    "a an the this that these those it its they them their there is are was were be been being am"
    " of to in on at by for from with as and or but so because then which who when while where"
    " whereas if than also can could will would may might must should do does did has have had i"
    " we you he she my our your into onto out up down over not no never more less very much too"
    " just only about such other some any all each every both s t etc eg ie therefore thus hence"
    " since however how what why state explain outline describe give get got make made cause lead"
    " mean become due through via between within without across like thing yet still also again"
)
JOINTS = _set(
    "and but because so while whereas then which when since therefore however than if for as thus"
    " hence causing making meaning although"
)
ALIASES = {
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
SYMBOLS = frozenset("WN")  # elements and units, which only in small letters are 'with' and 'and'
LOOKALIKES = (
    "mitosis meiosis|endothermic exothermic|hydrophobic hydrophilic|glucagon glucogen"
    "|homozygous heterozygous|transcription transpiration|transcription translation"
    "|inhibition inhalation|absorption adsorption|thymine thiamine|artery arteriole"
    "|intracellular intercellular|prophase prometaphase|ureter urethra"
)

# Opposites: what stands on the two sides of an axis.
AXES: dict[str, tuple[str, str]] = {
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
TURNED_BY_NOT = frozenset(
    {
        *("in/out", "more/less", "positive/negative", "open/closed", "bind/release"),
        *("active/passive", "myelinated/unmyelinated", "attract/repel", "excite/inhibit"),
    }
)
# Going into one of these is leaving the cell.
OUTSIDES = "blood lumen fluid cleft gap space environment surroundings medium bloodstream"
MOVES = (
    "move pump go flow diffuse come bring take carry transport let rush push pass travel goes went"
    " pull get leak send flood pour"
)
NEGATORS = _set("not no never without neither nor fail unabl prevent")

# Verbs and relations: where none stands, nothing is claimed.
TERMS = _set("state list identify name label define give")
# Everyday words of explanations that are often misspelt; terms come from the mark scheme.
SPELLED = _set(
    "increase increased increases increasing decrease decreased decreases decreasing negative"
    " positive outside inside higher smaller bigger greater against through potassium sodium slower"
    " faster because released before reduced concentration energy"
)
CLAIMING = (
    "become go move diffuse open close allow require produce bind enter leave keep maintain carry"
    " prevent give take lose reduce raise get contain provide happen occur reach return remain stay"
    " exceed depend convert store absorb emit react create generate inhibit stimulate catch buy"
    " sell grow fail sit slow drive save send slip make cause lead bring let"
)
# Nouns as they stand ('the pump'), verbs when they are inflected ('pumped').
CLAIMING_INFLECTED = (
    "pump flow increase decrease rise fall need use release change help transport stop start form"
    " break gain lower act mean travel pass work trigger block cost pay spread climb push pull show"
    " swap leak signal bond stain cross balance"
)
AUXILIARY = _set("is are was were be been has have had do does can will would")
RELATING = _set(
    "to from into out by because so than through across against when while as for with after"
    " before which that if then not no"
)
# What a student does, in notes without a subject: 'put 4 and 5 together'. Seldom a keyword.
DOING = _set(
    "put add take draw fill rinse shake pick multiply divide combine merge replace compare"
    " skip skips fades took drew picked added"
    " multiplied copied rejected reject otherwise"
)
# Words that are right as they are.
KNOWN = (
    STOP
    | JOINTS
    | SPELLED
    | RELATING
    | AUXILIARY
    | _set(CLAIMING)
    | _set(CLAIMING_INFLECTED)
    | _set(MOVES)
    | frozenset(word for sides in AXES.values() for side in sides for word in side.split())
)
