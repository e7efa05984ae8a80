"""English dates."""

from kgbuild.dating.lexicon import NOTHING, each, lexicon, same

ENGLISH = lexicon(
    each(
        "W",
        """
        Monday Mon
        Tuesday Tue Tues
        Wednesday Wed
        Thursday Thu Thur Thurs
        Friday Fri
        Saturday Sat
        Sunday Sun
        """,
    ),
    each(
        "M",
        """
        January Jan
        February Feb
        March Mar
        April Apr
        May
        June Jun
        July Jul
        August Aug
        September Sep Sept
        October Oct
        November Nov
        December Dec
        """,
        first=1,
    ),
    each("S", "spring\nsummer\nautumn fall\nwinter", first=21),
    each("I", "one a an\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten", first=1),
    same((("R", 0),), "today|tonight|this morning|this afternoon|this evening|earlier today|later today"),
    same((("R", -1),), "yesterday|last night"),
    same((("R", -2),), "day before yesterday"),
    same((("R", 1),), "tomorrow"),
    same((("R", 2),), "day after tomorrow"),
    same((("U", "day"),), "day"),
    same((("U", "week"),), "week"),
    same((("U", "month"),), "month"),
    same((("U", "year"),), "year"),
    same((("K", "day"),), "days"),
    same((("K", "week"),), "weeks"),
    same((("K", "month"),), "months"),
    same((("K", "year"),), "years"),
    same((("P", "last"),), "last"),
    same((("T", "this"),), "this|current"),
    same((("F", "next"),), "next|coming|upcoming"),
    same((("A", ""),), "ago"),
    same((("X", ""),), "in"),
    same((("E", ""),), "early|late|mid|middle|beginning|start|end"),
    same((("H", ""),), "morning|noon|midday|afternoon|evening|night"),
    same((("Z", ""),), "am|pm|a m|p m"),
    same((("Q", ""),), "at"),
    same((("B", ""),), "between"),
    same((("&", ""),), "and"),
    same((("O", ""),), "from"),
    same((("C", ""),), "to|through|until|till"),
    same((("G", ""),), "since|ever since|starting|starting from|starting on|starting in|beginning in|as of"),
    same((("L", ""),), "until|till|up to"),
    same(NOTHING, "on|in|at|the|of|a|during|just|month of|dated"),
    month_first=True,
)
