"""Numbers written as Word and OpenDocument number lists: letters, Roman numerals, words, signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip

_CHINESE_DIGITS = "零一二三四五六七八九"
_CHINESE_FORMAL = "零壹贰叁肆伍陆柒捌玖"

#: Letters that number one after another, and are doubled after the last: a … z, aa, bb.
_LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "hindiVowels": "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "hindiConsonants": "अआइईउऊऋऌऍऎएऐऑऒओऔ",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "aiueoFullWidth": (
        "アイウエオカキクケコサシスセソタチツテト"
        "ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
    ),
    "irohaFullWidth": (
        "イロハニホヘトチリヌルヲワカヨタレソツネ"
        "ナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
    ),
    "chicago": "*†‡§",
}

#: Signs that number one after another; a number after the last is written in digits.
_SIGNS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}

_FULL_WIDTH = "".join(chr(0xFF10 + digit) for digit in range(10))

#: The ten digits of other scripts.
_DIGITS = {
    "decimalFullWidth": _FULL_WIDTH,
    "decimalFullWidth2": _FULL_WIDTH,
    "hindiNumbers": "०१२३४५६७८९",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
}

#: A number beyond this is written in digits: a list is never so long.
_GREATEST = 32767


def written(number: int, number_format: str) -> str:
    """Return a number in a format that is named as in Word; an unknown format is decimal."""
    if number_format in {"none", "bullet"}:
        return ""
    if not 0 < number <= _GREATEST:
        return str(number)
    if alphabet := _LETTERS.get(number_format):
        return _repeated(number, alphabet)
    if signs := _SIGNS.get(number_format):
        return signs[number - 1] if number <= len(signs) else str(number)
    if digits := _DIGITS.get(number_format):
        return _with_digits(number, digits)
    write = _WRITERS.get(number_format)
    return write(number) if write else str(number)


def is_known(number_format: str) -> bool:
    """Return whether a format is written as Word writes it."""
    return (
        number_format in {"decimal", "none", "bullet", "decimalHalfWidth"}
        or any(number_format in names for names in (_LETTERS, _SIGNS, _DIGITS, _WRITERS))
    )  # fmt: skip


def padded(number: int, pattern: str) -> str:
    """Return a number with leading zeros, in a format that is given as "001, 002, 003, ..."."""
    return str(number).zfill(len(pattern.partition(",")[0].strip()))


def roman(number: int) -> str:
    """Return a number as a Roman numeral in small letters."""
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def _repeated(number: int, alphabet: str) -> str:
    """Return the letter of a number; after the last letter they are doubled: z, aa, bb."""
    times, letter = divmod(number - 1, len(alphabet))
    return alphabet[letter] * (times + 1)


def _with_digits(number: int, digits: str) -> str:
    return str(number).translate({ord("0") + digit: digits[digit] for digit in range(10)})


def _ordinal(number: int) -> str:
    is_teen = 10 < number % 100 < 20
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _cardinal_text(number: int) -> str:
    """Return a number in English words: twenty-one."""
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_UNITS[unit]}" if unit else "")
    divisor, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    count, remainder = divmod(number, divisor)
    return f"{_cardinal_text(count)} {name}" + (
        f" {_cardinal_text(remainder)}" if remainder else ""
    )


def _ordinal_text(number: int) -> str:
    """Return the ordinal of a number in English words: twenty-first."""
    words = _cardinal_text(number)
    start = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[start:]
    ending = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return words[:start] + ending


def _chinese(number: int, digits: str, ranks: Sequence[str]) -> str:
    """Return a number with the signs of its ranks: 一百零一."""
    text, is_zero_due = "", False
    for rank in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**rank % 10
        if not digit:
            is_zero_due = bool(text)
            continue
        text += (digits[0] if is_zero_due else "") + digits[digit] + ranks[rank]
        is_zero_due = False
    # Eleven is "ten one", without a one before the ten.
    return text[1:] if digits is _CHINESE_DIGITS and 10 <= number < 20 else text


def _counting(number: int) -> str:
    """Return a number as 一 … 九十九, then as digits: 一○○."""
    if number < 100:
        return _thousand(number)
    return _with_digits(number, "○一二三四五六七八九")


def _thousand(number: int) -> str:
    return _chinese(number, _CHINESE_DIGITS, ("", "十", "百", "千", "万"))


def _formal(number: int) -> str:
    return _chinese(number, _CHINESE_FORMAL, ("", "拾", "佰", "仟", "萬"))


def _japanese(number: int) -> str:
    """Return a number without zeros, and without a one before ten, hundred and thousand."""
    text = ""
    for rank in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**rank % 10
        if digit:
            sign = "" if digit == 1 and rank in {1, 2, 3} else _CHINESE_DIGITS[digit]
            text += sign + ("", "十", "百", "千", "万")[rank]
    return text


def _hebrew(number: int) -> str:
    """Return a number in Hebrew numerals, in which 15 and 16 are 9 + 6 and 9 + 7."""
    text = "ת" * (number % 1000 // 400)
    number = number % 1000 % 400
    text += " קרש"[number // 100].strip()
    number %= 100
    if number in {15, 16}:
        return text + {15: "\u05d8\u05d5", 16: "\u05d8\u05d6"}[number]
    return text + " יכלמנסעפצ"[number // 10].strip() + " אבגדהוזחט"[number % 10].strip()


_WRITERS: dict[str, Callable[[int], str]] = {
    "upperLetter": lambda number: _repeated(number, _LETTERS["lowerLetter"]).upper(),
    "russianUpper": lambda number: _repeated(number, _LETTERS["russianLower"]).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "ordinal": _ordinal,
    "cardinalText": lambda number: _cardinal_text(number).capitalize(),
    "ordinalText": lambda number: _ordinal_text(number).capitalize(),
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
    "hebrew1": _hebrew,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseCounting": _japanese,
    "japaneseLegal": _formal,
    "koreanCounting": _japanese,
}  # fmt: skip
