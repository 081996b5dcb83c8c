"""Spanish: which words carry meaning, which are opposites, which claim."""

from __future__ import annotations

import re

from bot.examiners.tongues.choosing import choosing
from bot.examiners.tongues.tongue import TURNED_BY_NOT, Tongue, numbers, plain_set, spelling
from bot.speech import later

_ARTICLES = plain_set("el la los las un una unos unas")
_STOP = _ARTICLES | plain_set(
    "lo al del a de en con por para sobre entre hasta desde hacia ante bajo según durante y e o u"
    " que qué quien quién quienes cual cuál cuales cuyo donde dónde cuando cuándo como cómo"
    " cuanto cuánto si sí me te se nos os le les mi mis tu tus su sus nuestro nuestra nuestros"
    " nuestras vuestro vuestra yo tú él ella ello ellos ellas usted ustedes nosotros vosotros mí"
    " ti este esta estos estas esto ese esa esos esas eso aquel aquella aquello es son era eran"
    " fue fueron ser sea sean sería está están estaba estaban estar estuvo hay había hubo haber"
    " ha han he has hemos haya hayan habían habría muy más menos tan tanto también ya aún todavía"
    " así pero porque aunque mientras sino pues entonces luego además mucho mucha muchos muchas"
    " poco algo algún alguno alguna otro otra otros otras todo toda todos todas cada mismo misma"
    " tal solo no ni nunca nadie nada sin tampoco creo dice dicen va van vaya iba porfa etc ej"
    " texto"
)
_JOINTS = plain_set(
    "pero porque aunque mientras cuando sino que y e pues donde entonces luego además"
)
_RELATING = plain_set(
    "que porque para por con sin de del desde hasta sobre entre cuando si como a al en hacia tras"
    " durante según aunque mientras pero sino pues no ni nunca nadie nada tampoco se lo le les me"
    " te nos os"
)
_AUXILIARY = plain_set(
    "es son era eran fue fueron ser sea sería está están estaba estaban estuvo hay había hubo ha"
    " han he has hemos haya habría tiene tienen tenía tenían tuvo puede pueden podía podían pudo"
    " debe deben va van iba iban quiere quieren quería querían hace hacen hizo dice dicen dijo"
    " sabe saben da dan dio ve ven vio quiso"
)
_ENDINGS = {
    "ar": "-o -as -a -amos -áis -an -é -aste -ó -asteis -aron -aba -abas -ábamos -aban -e -es -emos"
    " -éis -en -ar -ando -ado -ada -ados -adas -ará -arán -aría -arían -ara -aran -ase -arse -arlo",
    "er": "-o -es -e -emos -éis -en -í -iste -ió -ieron -ía -ías -íamos -ían -a -as -amos -an -er"
    " -iendo -ido -ida -idos -idas -erá -erán -ería -erían -iera -ieran -erse -erlo",
    "ir": "-o -es -e -imos -ís -en -í -iste -ió -ieron -ía -ías -íamos -ían -a -as -amos -an -ir"
    " -iendo -ido -ida -idos -idas -irá -irán -iría -irían -iera -ieran -irse -irlo",
}
# What is more often a noun or a small word than a form of the verb beside it.
_NO_FORMS = plain_set(
    "un uno una unos unas une entre sal ganas compras llegada entrada entradas salida salidas"
    " marcha"
)
_MUCH = "mucho mucha muchos muchas demasiado demasiada demasiados demasiadas"
_LITTLE = "poco poca pocos pocas"
_AXES = {
    "more/less": (
        "más mayor mayores mayoría aument:ar aumento crec:er crecieron sub:ir subida increment:ar"
        " duplic:ar doble multiplic:ar"
        f" {_MUCH}",
        "menos menor menores minoría escaso disminu|disminuy:ir disminución disminuyó"
        " disminuyeron reduc|reduzc:ir redujo redujeron reducción baj:ar bajada"
        " descend|desciend:er descenso ca:er cayó cayeron mitad"
        f" {_LITTLE}",
    ),
    "before/after": (
        "antes anterior temprano previamente menos_tarde",
        "después posterior tras posteriormente más_tarde muy_tarde tan_tarde demasiado_tarde"
        " lleg:ar_tarde",
    ),
    "in/out": ("entr:ar adentro met:er", "sal:ir afuera sac:ar saqué"),
    "arrive/leave": (
        "lleg:ar llegué vuelv|volv:er vuelto volvieron regres:ar regreso ven:ir viene vienen vino"
        " vinieron qued:ar",
        "se_va se_van se_fue se_fueron se_iba me_voy irse irme se_vaya se_vayan marchan marcharse"
        " se_marchan se_marcha se_marchó se_marcharon abandon:ar huy|hu:ir",
    ),
    "win/lose": ("gan:ar obten:er", "pierd|perd:er pérdida pérdidas"),
    "buy/sell": ("compr:ar comprador", "vend:er venta ventas vendedor"),
    "start/stop": (
        "empiez|empez:ar empecé comienz|comenz:ar comencé inici:ar sig|segu:ir sigue siguen siguió"
        " siguieron siguiendo otra_vez de_nuevo vuelv|volv:er vuelto continu:ar sigo continúa"
        " continúan",
        "dej:ar_de ya_no termin:ar abandon:ar ces:ar interrump:ir",
    ),
    "open/closed": ("abr:ir abierto abierta abiertos abiertas", "cierr|cerr:ar"),
    "true/false": ("verdadero verdadera", "falso falsa mentira"),
    "now/then": ("ahora actualmente", "iba_a iban_a inicialmente original antiguamente"),
    "allow/forbid": (
        "permit:ir permiso permitido autoriz:ar puede pueden podrá podrán",
        "prohíb|prohib:ir prohibición imped|impid:ir",
    ),
    "easy/hard": ("fácil fáciles fácilmente sencillo", "difícil difíciles complicado"),
    "fast/slow": (
        "rápido rápida rápidos rápidas rápidamente deprisa prisa",
        "lento lenta lentos lentamente despacio",
    ),
    "cheap/dear": ("barato barata baratos baratas", "caro cara caros caras"),
    "big/small": ("grande grandes", "pequeño pequeña pequeños pequeñas"),
    "near/far": ("cerca cercano cercana", "lejos lejano lejana"),
    "for/against": ("favor", "contra"),
    "good/bad": (
        "bueno buena buenos buenas mejor mejores ventaja ventajas",
        "malo mala malos malas peor peores desventaja desventajas inconveniente inconvenientes",
    ),
    "remember/forget": ("record|recuerd:ar acordarse acuerda acuerdan acordó", "olvid:ar"),
    "unite/separate": ("un:ir acerc:ar", "separ:ar alej:ar"),
    "rich/poor": ("rico rica ricos ricas", "pobre pobres"),
    "happy/sad": ("feliz felices contento contenta alegre", "triste tristes"),
    "public/private": ("público pública públicos", "privado privada privados"),
    "first/last": ("primero primera primer", "último última"),
    "inside/outside": ("dentro", "fuera"),
    "hot/cold": ("caliente calor", "frío fría"),
    "mother/father": ("madre mamá", "padre papá"),
    "sister/brother": ("hermana hermanas", "hermano"),
    "daughter/son": ("hija hijas", "hijo"),
    "grandmother/grandfather": ("abuela", "abuelo"),
    "aunt/uncle": ("tía", "tío"),
    "formal/informal": ("formal formales", "informal informales"),
    "fact/opinion": ("hecho hechos", "opinión opiniones"),
}
_NUMBERS = (
    "cero - dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro"
    " veinticinco veintiséis veintisiete veintiocho veintinueve treinta"
)
_TENS = "cuarenta cincuenta sesenta setenta ochenta noventa cien"
_ALIASES = {
    **numbers(_NUMBERS, range(31)),
    **numbers(_TENS, range(40, 101, 10)),
    **{"mil": "1000", "q": "que", "k": "que", "xq": "porque", "pq": "porque", "porq": "porque"},
    **{"xk": "porque", "tb": "también", "tmb": "también", "d": "de", "x": "por", "xa": "para"},
}
_PLEAS = re.compile(
    r"\b(?:ignor(?:a|e|es|en|ad|ar)|olvid(?:a|e|es|en|ad|ar)|haz\s+caso\s+omiso|no\s+hagas\s+caso)\b"
    r"[^.!?\n]{0,50}\b(?:instruccion|esquema|criterio|r[úu]brica|baremo|pauta|lo\s+anterior)"
    r"|\b(?:d[ae]|d[ée]|pon|ponga|ponme|dame|deme|d[ée]me|otorg\w+|conced\w+|asign\w+|merezco|merece)"
    r"\b[^.!?\n]{0,30}(?:\b(?:puntuaci[óo]n|puntos|notas?)\s+(?:m[áa]xim|complet)"
    r"|\btodos\s+los\s+puntos|\bm[áa]xima\s+(?:puntuaci[óo]n|nota)|\b\d+\s*/\s*\d+\b)"
    r"|\b(?:querid[oa]|estimad[oa]|hola|señora?)\s+(?:examinador|corrector)"
    r"|\b(?:al|el|la|a\s+la)\s+(?:examinador|corrector)a?\b[^.!?\n]{0,30}\b(?:punto|nota|m[áa]xim)"
    r"|\besta\s+respuesta\s+(?:es\s+(?:correcta|perfecta)|merece)|\beres\s+(?:una?\s+)?(?:ia|asistente)\b"
    r"|^\W*(?:todos\s+los\s+puntos|(?:puntuaci[óo]n|nota|puntos)\s+(?:m[áa]xim|complet)\w*)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_CHOOSING = choosing(
    naming="opci[oó]n|respuesta|letra|alternativa|elijo|escojo|elegir[íi]a|marco|pongo|opto\\s+por",
    article="la|el|las|los",
    saying=r"es|ser[íi]a|ser[áa]|era|creo\s+que(?:\s+es)?|pienso\s+que(?:\s+es)?|diría|correcta|parece",
    reason=r"porque|ya\s+que|pues|puesto\s+que|por|xq|pq|porq\w*|dado\s+que|que|como",
    following="es|no|o|u|y|ni|perd[oó]n|perdona|digo|mejor|espera|creo|sino",
    correction=r"no|perd[oó]na?|mejor\s+dicho|digo|quiero\s+decir|espera|corrijo|cambio|me\s+equivoqu[ée]"
    r"|en\s+realidad|m[áa]s\s+bien|sino|ay",
    joined="o|u|y|e",
    hedging=r"o\s+bien|tal\s+vez|quiz[áa]s?|puede\s+que|a\s+lo\s+mejor",
    denying=r"no(?:\s+(?:es|era|sea|puede\s+ser|elijo|creo\s+que\s+sea))?|ni|nunca|menos|excepto|salvo"
    r"|descarto|tampoco",
    dismissing=r"es\s+(?:falsa?|incorrecta?|mentira)|no\s+es",
    words="a e o u y",
)

TONGUE = Tongue(
    code="es",
    name=later("Spanish"),
    stemmer="spanish",
    word=re.compile(r"(?<![\w.)])[-−–+]\d+(?:\.\d+)?|[^\W_]+|[↑↓→<>]"),
    stop=_STOP,
    joints=_JOINTS,
    small=(_STOP | _RELATING) - plain_set("y e o u todo toda todos todas"),
    relating=_RELATING,
    auxiliary=_AUXILIARY,
    claiming=(
        "viv:ir trabaj:ar com:er habl:ar dej:ar pag:ar llev:ar ayud:ar estudi:ar lleg:ar entr:ar"
        " sal:ir compr:ar vend:er perd|pierd:er empez|empiez:ar quer|quier:er muestr|mostr:ar"
        " interpret:ar describ:ir explic:ar relacion:ar propon:er viaj:ar necesit:ar busc:ar"
        " cambi:ar cuent|cont:ar pid|ped:ir vuelv|volv:er duerm|dorm:ir sient|sent:ir aprend:er"
        " le:er escrib:ir"
    ),
    negators=plain_set("no nunca jamás nadie nada ninguno ninguna ningún tampoco sin ni apenas"),
    axes=_AXES,
    turned_by_not=TURNED_BY_NOT,
    aliases=_ALIASES,
    pleas=_PLEAS,
    between="y e o u",
    offers=re.compile(r"\b(?:o|cu[áa]l(?:es)?|qu[ée]|si)\b", re.IGNORECASE),
    choosing=_CHOOSING,
    harmless={
        "no": plain_set("solo solamente únicamente obstante"),
        "sin": plain_set("embargo"),
        "nada": plain_set("más"),
    },
    silenced={"mas": plain_set("nada nunca ya no además"), "antes": plain_set("que")},
    verbal=re.compile(r"(?:[^aeiou]ó|ió|[ai]eron|aron|aban?|ían|ando|iendo|[aei]mos|rían|rá|rán)$"),
    articles=_ARTICLES,
    ceasing="dej:ar_de",
    measuring=plain_set(f"más menos mayor menor {_MUCH} {_LITTLE}"),
    lessening=plain_set("menos"),
    outright=frozenset({"true/false", "buy/sell"}),
    endings=_ENDINGS,
    no_forms=_NO_FORMS,
    before_stemming=spelling((r"ia(n|s|mos|is)?$", r"ía\1"), (r"([cst])ion$", r"\1ión")),
    after_stemming=spelling(
        (r"(?<=\w{4})(?:aron|ieron|ando|aban?|ar|an|en|a|o|e)$", ""),
        (r"ie(?=[^aeiou]+$)", "e"),
        (r"ue(?=[^aeiou]+$)", "o"),
        (r"z$", "c"),
    ),
)
