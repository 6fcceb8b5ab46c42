"""Characters of symbol fonts, which Word stores by their place in the font."""

from __future__ import annotations

#: Where a symbol font has its characters in the private use area.
_PRIVATE = 0xF000

_GREEK_CAPITALS = dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_GREEK = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL = {
    **_GREEK_CAPITALS, **_GREEK, 0x2A: "*",
    0x2D: "\u2212", 0xA2: "\u2032", 0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xAC: "←",
    0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "\u00d7", 0xB7: "•", 0xB8: "÷",
    0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD7: "⋅", 0xE2: "®",
    0xE3: "©", 0xE4: "™",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_SYMBOL_FONTS = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "zapfdingbats"}


def symbol(code: int, font: str) -> str:
    """Return the character at a place in a font; empty if it is not known."""
    place = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 0x100 else code
    characters = _FONTS.get(font.casefold())
    if characters is not None:
        return characters.get(place, "")
    is_unknown = font.casefold() in _SYMBOL_FONTS or 0xE000 <= code <= 0xF8FF
    return "" if is_unknown or not 0x20 <= code <= 0x10FFFF else chr(code)


def bullet(sign: str, font: str) -> str:
    """Return a bullet as a character: "•" if that of its font is not known."""
    if sign == "o" and font.casefold().startswith("courier"):
        return "\N{WHITE BULLET}"
    is_symbol = font.casefold() in _SYMBOL_FONTS
    return "".join(
        (symbol(ord(letter), font) or "•")
        if is_symbol or 0xE000 <= ord(letter) <= 0xF8FF
        else letter
        for letter in sign
    )
