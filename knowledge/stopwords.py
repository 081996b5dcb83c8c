"""Small words of languages other than English, without accents, that tell nothing of a doubt."""

from __future__ import annotations

from collections.abc import Mapping

STOP: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "es": (
            "a al algo ante aqui asi aun cada como con cual cuales cuando cuanto cuantos de del "
            "desde donde dos e el ella ellas ellos en entre era es esa ese eso esta estan estar "
            "este esto estoy explica ha hace hacer han has hasta hay he la las le les lo los "
            "mas me mi mis mucho muy ni no nos o os para pero poco por porque puede puedo que "
            "quien se sea ser si sin sobre solo son soy su sus tambien te ti tiene tienen todo "
            "tu tus u un una uno unos unas usted ustedes va vosotros voy y ya yo"
        ),
        "fr": (
            "a ai alors au aussi aux avec c ca ce cela ces cet cette chaque comme comment d "
            "dans de des donc du elle elles en encore es est et etre eu explique fait faire "
            "font il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni "
            "nos notre nous on ont ou par pas peu peut peux plus pour pourquoi qu quand que "
            "quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t ta te tes "
            "toi ton tous tout tres tu un une va vos votre vous y"
        ),
        "de": (
            "aber alle als also am an auch auf aus bei bin bis da damit dann das dass dem den "
            "denn der des dich die dies diese dieser dieses dir doch du ein eine einem einen "
            "einer eines er erklare es etwas euch fur ganz haben habe hat ich ihm ihn ihr ihre "
            "im in ist ja jede jeder kann kein keine konnen man mein mich mir mit muss nach "
            "nicht noch nun nur ob oder schon sehr sein seine sich sie sind so um und uns unter "
            "vom von vor wann war warum was wenn wer werden wie wieso wir wird wo wurde zu zum "
            "zur"
        ),
    }.items()
}
