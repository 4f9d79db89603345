"""Stems and stop words of the languages we read, and in which language a question is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from threading import Lock
from typing import Any
from unicodedata import combining, normalize

#: What the records call a language nobody could tell.
UNKNOWN = "und"

_STEMMERS = {
    "en": "english",
    "ru": "russian",
    "de": "german",
    "fr": "french",
    "es": "spanish",
}

#: Every language in which a name may have been stemmed.
STEMMED = (*_STEMMERS, UNKNOWN)

_ISO_639_1 = """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu
    cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht
    hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
    lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
    os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"""

#: The words of which questions are made rather than of what they ask for.
_STOP_WORDS = {
    "en": """a about after all also am an and any are as at be because been before being between
        both but by can could d describe did do does doing during each explain few find for from
        further get give had has have having he her here hers him his how i if in into is it its
        just know let like list ll m many may me might more most much must my need no nor not now
        of off on once only or other our ours out over own please re s same say shall she should
        show so some such t tell than that the their them then there these they this those
        through to too under until up us ve very was we were what when where which while who whom
        whose why will with would you your yours""",
    "ru": """а без бы был была были было быть в вам вас ведь весь во вот все всего всех вы где да
        для до его ее если есть еще же за и из или им их к как какая какие какой каким каких ко
        когда кто ли либо мне может мы на над надо нам нас не него нее нет ни них но ну о об
        однако он она они оно от очень по под покажи при про расскажи с свой себя со так также
        такой там те тем то того тоже той только том ты у уже хотя чего чей чем что чтобы чье чья
        эта эти это этот я сколько почему зачем найди наш наша наши""",
    "de": """aber alle als am an auch auf aus bei bin bis bitte da das dass dein dem den denn der
        des die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer
        eines er es euer für gibt hat hatte haben hier ich ihr ihre im in ist ja jede kann kein
        keine können man mehr mein mich mir mit nach nicht noch nun nur ob oder ohne sehr sein
        seine sich sie sind so soll über um und uns unser unsere unter viel vom von vor wann war
        waren warum was wegen weil welche welcher welches wenn wer werden wessen wie wieso wieviel
        wir wird wo wurde wurden zeige zu zum zur zwischen""",
    "fr": """à ai ainsi alors au aucun aussi aux avec avez avoir ce cela celle ces cet cette chez
        comme comment d dans de des depuis donc dont du elle elles en entre es est et été être eu
        fait il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous
        on ont ou où par pas pendant peut plus pour pourquoi qu quand que quel quelle quelles
        quels qui quoi s sa sans se ses si son sont sous sur t ta te tes ton tous tout toute très
        tu un une vos votre vous y combien""",
    "es": """a al algo como cómo con cual cuál cuales cuáles cuando cuándo cuanto cuánto de del
        desde donde dónde dos el él ella ellas ellos en entre era es esa ese eso esta está están
        este esto estos fue ha hace han hasta hay la las le les lo los más me mi mis mucho muy
        nada ni no nos nosotros nuestra nuestro o os otra otro para pero por porque qué que quien
        quién quienes se sea ser si sí sin sobre son su sus también tan te tiene todo todos tu un
        una uno unos y ya yo""",
}

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 64  # characters of a word that count: what is longer is a key or an attachment
_LETTERS_OF = {"de": "äöüß", "fr": "àâçèêëîïôùûœ", "es": "ñ¿¡áíóú", "uk": "іїєґ"}
_stemming = Lock()  # a stemmer keeps the word it works on


def languages_read(reads: Callable[[str], bool]) -> frozenset[str]:
    """Every language code a model reads, `und` among them if it reads what nobody could tell."""
    return frozenset(code for code in (*_ISO_639_1.split(), UNKNOWN) if reads(code))


def words_of(text: str) -> list[str]:
    """The words of a text as they stand, in order."""
    return [word[:_LONGEST] for word in _WORD.findall(normalize("NFKC", text))]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """A word without its ending and accents, in lower case; unknown languages keep the ending."""
    word = word.lower()
    stemmer = _stemmer(language)
    if stemmer is not None:
        with _stemming:
            word = stemmer.stemWord(word)
    if word.isascii():
        return word
    # Accents go last (the stemmer needs them), so that “Muller” and “елка” find “Müller”, “ёлка”.
    plain = "".join(c for c in normalize("NFKD", word) if not combining(c))
    return "".join(_WORD.findall(plain)) or word


def is_stop_word(word: str, language: str) -> bool:
    """Whether a word says nothing about what is asked for."""
    return word.lower() in _stop_words(language)


def language_of(query: str) -> str:
    """The language a question is asked in, or `und` where it cannot be told.

    A question is too short for statistics of letters; its function words and its script tell.
    """
    text = query.lower()
    if not any(c.isalpha() for c in text):
        return UNKNOWN
    letters = Counter(_script(c) for c in text if c.isalpha())
    script = letters.most_common(1)[0][0]
    if script != "latin":
        return "ru" if script == "cyrillic" and not set(text) & set(_LETTERS_OF["uk"]) else UNKNOWN
    votes = {
        language: sum(is_stop_word(word, language) for word in _WORD.findall(text))
        + 2 * len(set(text) & set(_LETTERS_OF.get(language, "")))
        for language in _STOP_WORDS
    }
    best, second = Counter(votes).most_common(2)
    return best[0] if best[1] > second[1] else UNKNOWN


def in_latin_script(query: str) -> bool:
    """Whether most letters are unaccented Latin ones, as in a name or a few English words."""
    letters = [c for c in query if c.isalpha()]
    return sum(c.isascii() for c in letters) * 2 > len(letters)


def _script(letter: str) -> str:
    if letter <= "\u024f":
        return "latin"
    return "cyrillic" if "\u0400" <= letter <= "\u052f" else "other"


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(_STOP_WORDS.get(language, "").split())


@cache
def _stemmer(language: str) -> Any | None:
    if language not in _STEMMERS:
        return None
    from snowballstemmer import stemmer

    return stemmer(_STEMMERS[language])
