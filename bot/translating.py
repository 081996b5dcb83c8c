"""Short messages in other languages, put into the English that the tutor reads.

Only the words that matter are replaced; whatever else there is stays, and is passed over there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from bot.speech import day_names, month_names, spoken
from knowledge.content import Language
from knowledge.words import unaccented

About = Literal["marking", "daily", "question"]
Pairs = Sequence[tuple[str, str]]  # a pattern without accents, and the English for it; in order

_ENGLISH: Language = "en"
_MARKING: Mapping[Language, Pairs] = {
    "es": (
        (r"(?:yo )?no estoy (?:nada )?de acuerdo", "i disagree"),
        (r"no me parece (?:bien|justo)|no es justo|es (?:muy )?injusto", "that is unfair"),
        (r"que (?:me )?falta(?:ba)?", "what is missing"),
        (r"que (?:he hecho|hice) mal", "what did i do wrong"),
        (r"por ?que|pq|xq", "why"),
        (r"explica(?:me|melo)?", "explain"),
        (r"no (?:me |lo |la )*mere(?:zco|cia|ci)|no lo dije|no me lo gane", "i did not deserve"),
        (r"(?:me )?mere(?:zco|cia|ci|cido)|me lo gane", "i deserved"),
        (
            r"(?:ya )?(?:lo|eso|la) (?:he )?(?:dije|dicho|puse|puesto|escribi|escrito)",
            "i said that",
        ),
        (r"(?:eso )?es lo que (?:dije|puse|escribi|he dicho)", "that is what i said"),
        (r"(?:eso |esto )?esta mal(?: corregido| puntuado)?", "that is wrong"),
        (r"corri(?:ge|gelo|jas)|revisa(?:lo)?|mira(?:lo)?|puntua|lee(?:lo)?", "mark"),
        (r"otra vez|de nuevo|nuevamente", "again"),
        (r"puntos?", "point"),
        (r"criterio", "criterion"),
        (r"(?:en|con|del|el)", "with"),
        (r"y", "and"),
    ),
    "fr": (
        (r"(?:je (?:ne )?(?:suis|sui) )?pas (?:du tout )?d'?accord", "i disagree"),
        (r"c'?est (?:pas juste|injuste)|(?:ce )?n'?est pas juste", "that is unfair"),
        (r"qu'?est[- ]ce qui manque|il manque quoi|que manque(?:-t-il)?", "what is missing"),
        (r"qu'?est[- ]ce que j'?ai (?:fait de )?(?:faux|mal|rate)", "what did i do wrong"),
        (r"pourquoi|pq", "why"),
        (r"explique(?:[- ]moi)?", "explain"),
        (
            r"je (?:ne |n')?(?:l[ea] )?merit(?:e|ais) pas|j[e' ]*(?:n'?|ne )?ai pas merite",
            "i did not deserve",
        ),
        (r"je (?:le )?merit(?:e|ais)|j'?ai merite", "i deserved"),
        (r"je l'?ai (?:deja |bien )?(?:dit|ecrit|mis)", "i said that"),
        (r"c'?est ce que j'?ai (?:dit|ecrit|mis)", "that is what i said"),
        (r"c'?est faux|c'?est une erreur", "that is wrong"),
        (r"corrige|relis|revois|reverifie|verifie|regarde", "mark"),
        (r"encore(?: une fois)?|(?:a|de) nouveau", "again"),
        (r"(?:l')?(?:points?|elements?)", "point"),
        (r"critere", "criterion"),
        (r"(?:sur|avec|pour|le)", "with"),
        (r"et", "and"),
    ),
    "de": (
        (r"(?:ich )?bin (?:da |ich )?(?:nicht|anderer) (?:einverstanden|meinung)", "i disagree"),
        (r"(?:nicht|gar nicht) einverstanden|sehe (?:ich )?(?:das )?anders", "i disagree"),
        (r"(?:das )?ist (?:so |total )?(?:unfair|ungerecht)|(?:nicht|un)fair", "that is unfair"),
        (r"was fehlt(?: mir)?(?: denn)?", "what is missing"),
        (r"was (?:habe ich|hab ich|war) falsch(?: gemacht)?", "what did i do wrong"),
        (r"warum|wieso|weshalb", "why"),
        (r"erklare?(?: mir)?|erklar(?: mir)?", "explain"),
        (
            r"(?:habe? ich |ich habe? )?(?:gar )?nicht verdient|verdiene ich nicht",
            "i did not deserve",
        ),
        (r"(?:ich )?(?:habe? )?verdien(?:e|t)", "i deserved"),
        (r"(?:das )?(?:habe?) ich (?:doch |schon |bereits )*(?:gesagt|geschrieben)", "i said that"),
        (r"(?:das )?steht (?:doch |schon |bereits )*da", "i said that"),
        (r"das ist falsch(?: bewertet)?", "that is wrong"),
        (r"bewert(?:e|en)|pruf(?:e|en)?|korrigier(?:e|en)?|lies|schau", "mark"),
        (r"noch ?mal|noch ?einmal|erneut", "again"),
        (r"punkt(?:e)?|schemapunkt(?:e)?", "point"),
        (r"kriterium", "criterion"),
        (r"(?:mit|bei|zu|fur|den)", "with"),
        (r"nicht", "not"),
        (r"und", "and"),
    ),
}
_DAILY: Mapping[Language, Pairs] = {
    "es": (
        (r"(?:des|apag)(?:activar|activa|ar|a)|quitar|no", "off"),
        (r"encender|enciende|activar|activa|reanudar", "on"),
        (r"(?:entre semana|dias (?:de diario|laborables|lectivos))", "weekdays"),
        (r"(?:los )?fines? de semana", "weekends"),
        (r"todos los dias|cada dia|diario", "every day"),
        (r"preguntas?(?: al dia)?", "questions"),
        (r"solo|solamente", "only"),
        (r"silencio|horas? de silencio", "quiet"),
        (r"pausa(?:r)?", "pause"),
        (r"hasta(?: el)?", "until"),
        (r"(\d+|una?) semanas?", r"\1 weeks"),
        (r"(\d+|un) dias?", r"\1 days"),
        (r"(\d+|un) mes(?:es)?", r"\1 months"),
        (r"zona(?: horaria)?", "zone"),
        (r"(\d{1,2}) de", r"\1"),
        (r"(?:a )?las", "at"),
        (r"los|el", "on"),
        (r"y", "and"),
        (r"un[ao]?", "one"),
    ),
    "fr": (
        (r"arrete(?:r)?|desactive(?:r)?|non|stop", "off"),
        (r"active(?:r)?|reprendre|reprends", "on"),
        (r"(?:en )?semaine|jours (?:ouvrables|d'ecole)", "weekdays"),
        (r"(?:le |les )?week-?ends?", "weekends"),
        (r"tous les jours|chaque jour|quotidien", "every day"),
        (r"questions?(?: par jour)?", "questions"),
        (r"seulement|uniquement", "only"),
        (r"silence|heures? (?:calmes?|de silence)", "quiet"),
        (r"pause", "pause"),
        (r"jusqu'?(?:au|a)", "until"),
        (r"(\d+|une) semaines?", r"\1 weeks"),
        (r"(\d+|un) jours?", r"\1 days"),
        (r"(\d+|un) mois", r"\1 months"),
        (r"fuseau(?: horaire)?|zone", "zone"),
        (r"a", "at"),
        (r"les?", "on"),
        (r"et", "and"),
        (r"une?", "one"),
    ),
    "de": (
        (r"aus|abschalten|ausschalten|nein", "off"),
        (r"ein|an|einschalten|weiter", "on"),
        (r"werktags|wochentags|an (?:werktagen|schultagen)|schultage", "weekdays"),
        (r"(?:am )?wochenenden?", "weekends"),
        (r"jeden tag|taglich", "every day"),
        (r"sonnabends?", "saturday"),
        (r"fragen?(?: am tag| taglich)?", "questions"),
        (r"nur", "only"),
        (r"ruhe(?:zeit)?|still", "quiet"),
        (r"pause|pausieren", "pause"),
        (r"bis(?: zum)?", "until"),
        (r"(\d+|eine) wochen?", r"\1 weeks"),
        (r"(\d+|einen?) tage?", r"\1 days"),
        (r"(\d+|einen?) monate?", r"\1 months"),
        (r"zeitzone|zone", "zone"),
        (r"(\d{1,2})\.", r"\1"),
        (r"um|am", "at"),
        (r"uhr", ""),
        (r"und", "and"),
        (r"einen?", "one"),
    ),
}
_QUESTION: Mapping[Language, Pairs] = {
    "es": (
        (r"pista|una pista|ayuda", "hint"),
        (r"saltar|salta|paso|siguiente", "skip"),
        (r"salir", "leave"),
        (r"¿?\s*(?:que|cual(?:es)?)", "what"),
        (r"¿?\s*por ?que", "why"),
        (r"¿?\s*como", "how"),
        (r"¿?\s*cuando", "when"),
        (r"¿?\s*donde", "where"),
        (r"¿?\s*quien(?:es)?", "who"),
        (r"¿?\s*(?:puedes|podrias|me puedes)", "can you"),
        (r"¿?\s*(?:tengo que|debo)", "do i"),
    ),
    "fr": (
        (r"indice|un indice|aide", "hint"),
        (r"passer|passe|suivante?", "skip"),
        (r"quitter", "leave"),
        (r"(?:qu'?est[- ]ce que?|que|quoi|quel(?:le)?s?)", "what"),
        (r"pourquoi", "why"),
        (r"comment", "how"),
        (r"quand", "when"),
        (r"ou", "where"),
        (r"qui", "who"),
        (r"(?:peux[- ]tu|tu peux|pourrais[- ]tu)", "can you"),
        (r"(?:dois[- ]je|est[- ]ce que je dois|je dois)", "do i"),
    ),
    "de": (
        (r"tipp|ein tipp|hinweis|hilfe", "hint"),
        (r"uberspringen|weiter|auslassen", "skip"),
        (r"aussteigen|verlassen", "leave"),
        (r"was|welche[rsmn]?", "what"),
        (r"warum|wieso|weshalb", "why"),
        (r"wie", "how"),
        (r"wann", "when"),
        (r"wo", "where"),
        (r"wer|wem|wen", "who"),
        (r"(?:kannst|konntest) du", "can you"),
        (r"(?:muss|soll) ich", "do i"),
    ),
}
_TABLES: Mapping[About, Mapping[Language, Pairs]] = {
    "marking": _MARKING,
    "daily": _DAILY,
    "question": _QUESTION,
}


def in_english(text: str, about: About, language: Language | None = None) -> str:
    """A message about these things; as it is where English is spoken.

    Of what is said about a question only the beginning is replaced: the rest may be an answer.
    """
    pairs = _pairs(about, language or spoken())
    if not pairs:
        return text
    said = unaccented(text.lower().replace("’", "'"))
    if about == "question":
        return next((new + said[it.end() :] for one, new in pairs if (it := one.match(said))), text)
    for one, new in pairs:
        said = one.sub(new, said)
    return said


def _calendar(language: Language) -> Pairs:
    """The days of the week and the months, in one number or several ('sábados')."""
    english, theirs = ((*day_names(one), *month_names(one)) for one in (_ENGLISH, language))
    return tuple(
        (rf"{unaccented(name.lower())}s?", new.lower())
        for name, new in zip(theirs, english, strict=True)
    )


@cache
def _pairs(about: About, language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    if language == _ENGLISH:
        return ()
    named = _calendar(language) if about == "daily" else ()
    return tuple(
        (re.compile(rf"(?<!\w)(?:{one})(?!\w)"), new)
        for one, new in (*named, *_TABLES[about][language])
    )
