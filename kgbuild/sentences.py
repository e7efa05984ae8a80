"""Where the sentences of a text begin and end, by rules: no model, nothing to download, the same answer everywhere.

A sentence is the passage shown in support of an answer. Where the signs are doubtful the text stays together: a passage of two sentences
still supports what half a sentence does not.

- A line break ends a sentence; so do full stop, question mark, exclamation mark, ellipsis and their kin in other scripts: but not before a
  small letter or a comma, and not inside numbers, dates, abbreviations, initials, addresses and list numbers.
- Closing quotes and brackets, note marks and emoji belong to the sentence that they close, before the full stop or after it.
- A quote of several sentences is split like other text: each of its sentences can support an answer of its own.
- A quote that ends in ``!`` or ``?`` and is followed by a dash or by a small letter goes on: its speaker is named next.

Languages differ in their abbreviations and in the words that open sentences: there are tables for ro, en and ru; ko takes those of en; in
any other language all of them count. Background: Unicode UAX #29, and the cases that rule-based splitters are commonly tested with.
"""

from __future__ import annotations

import re
from functools import cache

from kgbuild.document import Span

__all__ = ["split"]

_BREAK = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
#: one blank inside a line
_GAP = rf"[^\S{_BREAK}]"
_EMOJI = r"[\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"

#: Every place where a sentence may end. ``close``: what may follow the stop and still belong to the sentence. Some quotes close in one
#: language and open in another: those count as closing only where a blank or punctuation follows.
_END = re.compile(
    rf"""
      (?P<line> [{_BREAK}]+ )
    | (?P<wide> [。！？｡؟۔।॥։።။]+ ) [。！？｡؟۔।॥։።။…”’」』）】〉》〕"')\]]*
    | (?P<stop> [.!?…‥]+ )
      (?P<close> (?: [)\]}}”’»›」』）】] | ["'“‘«‹](?=[\s,;:.!?…)\]}}”’»—–-]|\Z) | {_GAP}["”»›](?=\s|\Z)
                   | [.!?…]+ | \[\d{{1,3}}\] | [¹²³⁰-⁹] | {_GAP}?{_EMOJI}+ )* )
    """,
    re.X,
)
#: what comes next: blanks, then opening signs, then a word, a number, or any other sign
_NEXT = re.compile(rf"({_GAP}*)((?:[„“”\"'‘’‚«»‹›「『（(\[{{【〈《—–•·*¿¡-]|{_GAP})*)(\d+|[^\W\d_]+|\S|)")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}")
_SPACED = re.compile(r"\b([^\W\d_])\.\s([^\W\d_])\Z")
_ROMAN = re.compile(r"[IVXLC]+")
_MARKER = re.compile(r"\d{1,3}|[IVXLC]+|[^\W\d_]")
_SOUND = re.compile(r"[^\W_]")
#: how much of the sentence before a stop is looked at, in code points
_NEAR = 30
_OPENING = "([{„“”\"'‘’‚«»‹›—–-•*/"
_WEB = frozenset("com net org info eu ro md ru ua uk us de fr gov edu".split())


def split(text: str, lang: str = "") -> tuple[Span, ...]:
    """Return the spans of the sentences: half-open, in code points, in order, without blanks at either end.

    Every character that is not blank lies in exactly one of them. ``lang`` is a language tag; empty where it is not known.

    >>> text = "Dl. Popa a plecat pe 5.10.2023. „Nu revin”, a spus el."
    >>> [text[begin:end] for begin, end in split(text, "ro")]
    ['Dl. Popa a plecat pe 5.10.2023.', '„Nu revin”, a spus el.']
    """
    primary = lang.partition("-")[0].lower()
    kinds, openers = _language(primary)
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match["line"]:
            end = match.start()
        else:
            end = _end(text, start, match, kinds, openers, primary)
            if not end:
                continue
        _add(spans, text, start, end)
        start = match.end() if match["line"] else end
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    passage = text[start:end]
    content = passage.lstrip()
    if content:
        begin = start + len(passage) - len(content)
        spans.append((begin, begin + len(content.rstrip())))


def _end(text: str, start: int, match: re.Match[str], kinds: dict[str, str], openers: frozenset[str], lang: str) -> int:
    """Where the sentence from ``start`` ends if it ends at this match, else 0."""
    end = match.end()
    if match["wide"]:
        closed = end > match.end("wide")
        return 0 if text[end : end + 1] in "、，,とっ" and (closed or text[end : end + 1] in "、，,") else end
    following = _NEXT.match(text, end)
    assert following
    gap, lead, word = following.groups()
    first, close, place = word[:1], match["close"], match.start()
    if not word or first.islower() or first in ",;:.!?…":
        return 0  # at the end of a line, the line break ends the sentence
    if ("-" in lead or "–" in lead or "—" in lead) and (not gap or any(sign in "”’»›\"'“" for sign in close)):
        return 0
    if text[place - 1 : place] in ("(", "[") or not _SOUND.search(text, start, place):
        return 0
    near = text[max(start, place - _NEAR) : place]
    token = _token(near)
    if match["stop"] == "." and _MARKER.fullmatch(token) and place - start <= _NEAR and near.lstrip(_OPENING + " \t\xa0") == token:
        return 0  # the number of a list item
    if not gap:
        if (close or lead) and "가" <= first <= "힣":
            return 0  # a particle that goes with the quote before it
        if lead == '"' and text.count('"', start, end) % 2:
            return end + 1  # a straight quote closes where one is open
        return end if _glued(token, word, lead, close, text[following.end() : following.end() + 2], kinds) else 0
    if match["stop"] != ".":
        return end
    opens = word in openers and text[following.end() : following.end() + 1] != "."
    return end if _full_stop(near, token, word, opens, kinds, lang) else 0


def _full_stop(before: str, token: str, word: str, opens: bool, kinds: dict[str, str], lang: str) -> bool:
    """Whether a full stop after ``token``, followed by a blank and ``word`` (no small letter), ends a sentence."""
    if token.isdigit():
        return lang != "ko" and not (word.isdigit() and len(token) <= 2)
    match _kind(before, token, kinds):
        case "title":
            return False
        case "number":
            return not (word.isdigit() or _ROMAN.fullmatch(word) or word in "№#")
        case "unit":
            return not word.isdigit() and not (word.isupper() and len(word) > 1)
        case "doubtful":
            return opens
        case _:
            return True


def _glued(token: str, word: str, lead: str, close: str, after: str, kinds: dict[str, str]) -> bool:
    """Whether a stop with no blank behind it ends a sentence: only where it plainly is a blank left out."""
    if word[0].isdigit() or not word[0].isalpha():
        return False
    if close or lead:
        return True
    if not word[0].isupper():
        return token[-1:] in tuple("다요까죠")
    plain = token.replace("-", "").replace("’", "")
    is_word = (plain.isalpha() and len(plain) > 1 and plain[-1].islower()) or plain.isdigit()
    starts = word[1:2].islower() or (len(word) == 1 and after.isspace())
    address = after[:1] in ("@", "/") or (after[:1] == "." and after[1:].islower()) or word.lower() in _WEB
    return is_word and starts and not address and _kind("", token, kinds) in ("", "end")


def _token(near: str) -> str:
    """The last word of ``near``, with its inner full stops; empty where it ends in a blank."""
    if not near or near[-1].isspace():
        return ""
    return near.split()[-1].lstrip(_OPENING)


def _kind(before: str, token: str, kinds: dict[str, str]) -> str:
    """What kind of abbreviation a token is; empty for a plain word."""
    if len(token) == 1:
        spaced = _SPACED.search(before[-6:])
        kind = kinds.get(f"{spaced[1]}.{spaced[2]}", "") if spaced else ""
        kind = kind or kinds.get(token, "")
        return kind or ("doubtful" if token.isupper() or token.islower() else "")
    if "." in token:
        last = token.rpartition(".")[2].rpartition("-")[2]
        return kinds.get(token) or kinds.get(last) or ("doubtful" if _DOTTED.fullmatch(token) else "")
    word = token.casefold()
    return kinds.get(word) or kinds.get(word.rpartition("-")[2], "")


# --- languages -------------------------------------------------------------------------------------------------------------------------
# title     a name follows: never ends a sentence
# number    a number follows, else it is a word like others
# unit      stands behind a number; before a capitalised word it ends the sentence
# doubtful  ends a sentence only before a word that commonly opens one; so do initials and dotted capitals (U.S.)
# end       ends a sentence before any capital

_ABBREVIATIONS: dict[str, dict[str, str]] = {
    "en": {
        "title": "mr mrs ms messrs dr prof gen lt col capt cpt cmdr adm brig maj sgt pvt rev hon gov sen pres mt vs viz cf approx e.g i.e",
        "number": "no nos vol p pp art sec ch fig par jan feb mar apr jun jul aug sep sept oct nov dec",
        "unit": "min hrs km kg lbs",
        "doubtful": "st rep inc corp co ltd llc jr sr bros ave blvd rd dept est al Ph.D",
        "end": "etc",
    },
    "ro": {
        "title": "dl dlui dna dnei d-l d-lui d-na d-nei d-ra d-nul dra dnul dr prof ing arh av acad conf lect asist lt col cpt mr maj plt "
        "sg cdor amb sf tg tr str bd b-dul șos aleea jud pt ex cf vs aprox cca",
        "number": "nr tel int var art alin lit pct cap vol pag p pp fig sec ap bl sc et ian feb apr iun iul aug sept oct nov dec",
        "unit": "mil mld mlrd min km kg",
        "doubtful": "gen com mun pr reg",
        "end": "etc ș.a ş.a ș.a.m.d ş.a.m.d s.a.m.d a.c ș.c.l ş.c.l",
    },
    "ru": {
        "title": "им ул просп пер пл наб обл проф акад ген полк кап лейт адм см ср напр гор пос дер т.е т.к т.н т.ч др-ра",
        "number": "стр рис табл ст гл п пп т д с № янв фев февр апр авг сент окт нояб дек",
        "unit": "тыс млн млрд трлн руб коп долл чел экз мин сек",
        "doubtful": "г гг в вв пр н.э",
        "end": "др т.д т.п",
    },
}

_OPENERS = {
    "en": "A About According After All Also Although An And Another Any As At Because Before Both But By Despite During Each Earlier Even "
    "For From He Her Here His How However I If In Instead Into It Its Last Later Like Many Meanwhile More Moreover Most Much My Neither No "
    "Nobody Not Nothing Now Of On Once One Only Or Other Our Over She Since So Some Still Such That The Their Then There These They This "
    "Those Though Thus To Today Two Under Unlike Until We What When Where Whether Which While Who Why With Without Yesterday Yet You Your",
    "ro": "A Acea Aceasta Această Acei Acel Acela Acele Aceste Acestea Acest Acesta Acești Aceștia Acolo Acum Adică Aici Alte Alți Am Apoi "
    "Ar Are Asemenea Asta Astfel Asupra Atunci Au Avem Ca Cât Când Care Cât Ce Cea Cei Cel Cele Chiar Cine Conform Contrar Cu Cum Dacă Dar "
    "De Deci Deocamdată Deoarece Deși Despre Din Dintre Doar După Ea Ei El Ele Era Erau Este Eu Fără Fiecare Fiind Iar Iată Ieri Imediat "
    "Înainte În Încă Însă Între Într Întrucât La Lui Mai Mulți Multe Nici Nimeni Noi Nu O Odată Or Ori Pe Pentru Peste Până Potrivit "
    "Precum Prin Printre Sau Se Și Ştim Spre Sub Sunt Tot Toate Totodată Totuși Toți Ulterior Un Una Unde Unele Unii Unul Va Vom Vor Voi",
    "ru": "А Без Более Был Была Были Было В Во Ведь Вместе Вот Все Всё Впрочем Где Да Для До Его Ее Её Если Еще Ещё За Зато Затем Здесь И "
    "Из Или Именно Иногда Их К Как Когда Которые Который Кроме Кстати Кто Ли Между Мы На Над Напомним Не Нет Ни Но О Об Один Однако Он Она "
    "Они Оно От Отметим Перед По Под Позже Пока После Потом Поэтому При Про Ранее С Сегодня Сейчас Со Согласно Среди Так Также Такая Такие "
    "Такой Там Тем Теперь То Тогда Только Тот У Уже Хотя Чем Через Что Чтобы Эта Эти Это Этот Я",
}


@cache
def _language(lang: str) -> tuple[dict[str, str], frozenset[str]]:
    """Abbreviations by kind, and opening words, of a language; of all where it has no table."""
    codes = {"ko": ("en",), "mo": ("ro",)}.get(lang) or ((lang,) if lang in _ABBREVIATIONS else tuple(_ABBREVIATIONS))
    # English names and titles stand in texts of every language; a language's own tables go first
    order = (*codes, "en") if "en" not in codes else codes
    kinds: dict[str, str] = {}
    for code in order:
        for kind, words in _ABBREVIATIONS[code].items():
            for word in words.split():
                if code in codes or kind == "title":
                    kinds.setdefault(word, kind)
    return kinds, frozenset(word for code in codes for word in _OPENERS[code].split())
