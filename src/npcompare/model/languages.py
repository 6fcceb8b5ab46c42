"""The names of languages in English, by their tags."""

from __future__ import annotations

from npcompare.messages import main_language

#: The English names of languages by ISO 639-1 code.
_NAMES = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "dz": "Dzongkha",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "ht": "Haitian Creole",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "lb": "Luxembourgish",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mg": "Malagasy",
    "mi": "Maori",
    "mk": "Macedonian",
    "mn": "Mongolian",
    "ms": "Malay",
    "mt": "Maltese",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "rm": "Romansh",
    "ro": "Romanian",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "tg": "Tajik",
    "th": "Thai",
    "ti": "Tigrinya",
    "tk": "Turkmen",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


#: The ISO 639-2 codes (639-2/T) of the same languages, in their order.
_CODES = (
    *("afr", "amh", "ara", "aze", "bel", "bul", "ben", "bos", "cat", "ces", "cym", "dan"),
    *("deu", "dzo", "ell", "eng", "spa", "est", "eus", "fas", "fin", "fra", "gle", "glg"),
    *("heb", "hin", "hrv", "hat", "hun", "hye", "ind", "isl", "ita", "jpn", "kat", "kaz"),
    *("khm", "kor", "kir", "ltz", "lao", "lit", "lav", "mlg", "mri", "mkd", "mon", "msa"),
    *("mlt", "mya", "nep", "nld", "nor", "pol", "pus", "por", "roh", "ron", "rus", "kin"),
    *("sin", "slk", "slv", "som", "sqi", "srp", "swe", "swa", "tam", "tgk", "tha", "tir"),
    *("tuk", "tur", "ukr", "urd", "uzb", "vie", "zho"),
)
_THREE_LETTERS = dict(zip(_NAMES, _CODES, strict=True))


def language_name(tag: str) -> str:
    """Return the English name of a language, such as "French", or the tag in quotation marks."""
    return _NAMES.get(main_language(tag), f"“{tag}”")


def three_letter_code(tag: str) -> str:
    """Return the ISO 639-2 code of a language, such as "fra"; "und" if it is not known."""
    language = main_language(tag)
    return language if len(language) == 3 else _THREE_LETTERS.get(language, "und")
