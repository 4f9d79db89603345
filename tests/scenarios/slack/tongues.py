"""The same questions in two languages, by the locale of whoever asks them."""

#: Answered by the records, by the playbook and by nothing; about nobody known; a draft; a name.
ASKED = {
    "de-DE": (
        "Wer entscheidet bei Meridian?",
        "Welche Zusagen sind überfällig?",
        "Was ist ein Champion?",
        "Wie viele Hunde hat Gareth Pugh?",
        "Wem gehört Atlantis Breweries?",
        "Was ist der Ölpreis morgen?",
        "Entwirf einen Plan für Meridian",
        "Meridian?",
    ),
    "ru-RU": (
        "Кто принимает решение в Meridian?",
        "Какие обещания просрочены?",
        "Что такое чемпион?",
        "Сколько собак у Gareth Pugh?",
        "Кто ведёт Atlantis Breweries?",
        "Какая завтра цена нефти?",
        "Составь план для Meridian",
        "Meridian?",
    ),
}
#: What somebody says of an answer that was good.
GOOD = {"de-DE": "Richtig und nützlich", "ru-RU": "Верно и полезно"}
#: A what-if about somebody who leaves, and one that cannot be computed.
SUPPOSED = {
    "de-DE": ("Was wäre, wenn {} geht?", "Was wäre, wenn der Mond scheint?"),
    "ru-RU": ("Что, если {} уйдёт?", "Что, если взойдёт луна?"),
}
