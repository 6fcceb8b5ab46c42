"""Bills as web pages, whose numbers and words are known from how they are made."""

from __future__ import annotations


def sample_page() -> str:
    """Return the page that the documentation reads."""
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Act 2020</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/acts'>Acts</a></nav><main><h1>Trafficking Act</h1>"
        "<h2>12. Non-punishment of victims</h2><p><span>(1)</span><span>A victim of trafficking "
        "shall not be prosecuted for an offence that the victim committed as a direct consequence "
        "of being a victim.</span></p></main><footer>Government Printer</footer></body></html>"
    )
