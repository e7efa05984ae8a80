"""Romanian dates. Articulated weekdays (``lunea``) mean every week, unless last, this or next stands beside them."""

from kgbuild.dating.lexicon import NOTHING, each, lexicon, same

ROMANIAN = lexicon(
    each("W", "luni\nmarți\nmiercuri\njoi\nvineri\nsâmbătă\nduminică"),
    each("V", "lunea lunii\nmarțea marția marții\nmiercurea miercurii\njoia joii\nvinerea vinerii\nsâmbăta sâmbetei\nduminica duminicii"),
    each(
        "M",
        """
        ianuarie ian
        februarie feb febr
        martie mar mart
        aprilie apr
        mai
        iunie iun
        iulie iul
        august aug
        septembrie sep sept
        octombrie oct
        noiembrie nov noi
        decembrie dec
        """,
        first=1,
    ),
    each(
        "S",
        """
        primăvara primăvară primăverii
        vara vară verii
        toamna toamnă toamnei
        iarna iarnă iernii
        """,
        first=21,
    ),
    each("I", "un o una unu\ndoi două\ntrei\npatru\ncinci\nșase\nșapte\nopt\nnouă\nzece", first=1),
    same((("R", 0),), "azi|astăzi|deseară|diseară|astă seară|în această seară|în această dimineață|azi noapte"),
    same((("R", -1),), "ieri|aseară"),
    same((("R", -2),), "alaltăieri"),
    same((("R", 1),), "mâine"),
    same((("R", 2),), "poimâine"),
    same((("U", "day"),), "zi|ziua|zilei"),
    same((("U", "week"),), "săptămână|săptămâna|săptămânii"),
    same((("U", "month"),), "lună|luna|lunii"),
    same((("U", "year"),), "an|anul|anului"),
    same((("K", "day"),), "zile"),
    same((("K", "week"),), "săptămâni"),
    same((("K", "month"),), "luni"),
    same((("K", "year"),), "ani"),
    same((("P", "last"),), "trecut|trecută|trecute|trecutul|trecutului|trecuta"),
    same((("T", "this"),), "acest|această|acesta|aceasta|acestui|acestei|aceste|asta|ăsta|curent|curentă|curente|actual|actualul"),
    same((("F", "next"),), "viitor|viitoare|viitorul|viitoarea|viitorului"),
    same((("T", "this"), ("U", "year")), "a c"),
    same((("T", "this"), ("U", "week")), "acestei săptămâni"),
    same((("T", "this"), ("U", "month")), "acestei luni"),
    same((("A", ""),), "acum|în urmă cu|în urmă"),
    same((("X", ""),), "peste"),
    same(
        (("E", ""),),
        "începutul|început|începutului|mijlocul|mijlocului|sfârșitul|sfârșit|sfârșitului|finalul|finele|final|jumătatea",
    ),
    same((("H", ""),), "dimineața|dimineață|prânz|amiază|amiaza|după amiaza|după amiază|seara|seară|noaptea|noapte"),
    same((("Q", ""),), "ora|orele"),
    same((("B", ""),), "între|intre|între anii"),
    same((("&", ""),), "și"),
    same((("O", ""),), "de la|din|de"),
    same((("C", ""),), "la|până la|până în|până pe|până"),
    same((("G", ""),), "începând cu|începând din|începând de la|de la data de"),
    same((("L", ""),), "până la|până în|până pe|până"),
    same(
        NOTHING,
        "la|pe|în|din|de|a|al|lui|cu|data|data de|cursul|în cursul|perioada|intervalul|ziua de|zilei de",
    ),
)
