"""What the checkers of others find in pages: axe-core in a browser, and the Nu HTML checker."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from conftest import needed


def violations(browser: Any, path: Path) -> list[str]:
    """Return what axe-core finds on a page, first as it opens and then with all details open."""
    browser.get(path.as_uri())
    browser.set_script_timeout(120)
    browser.execute_script(Path(needed("axe-core/axe.min.js")).read_text(encoding="utf-8"))
    messages = []
    for _ in range(2):
        axe = "const done = arguments[0]; axe.run().then(done, (error) => done(String(error)))"
        for violation in browser.execute_async_script(axe)["violations"]:
            messages += [
                f"{path.stem}: {violation['id']}: {node['html']}" for node in violation["nodes"]
            ]
        unfold = "for (const one of document.querySelectorAll('details')) one.open = true"
        browser.execute_script(unfold)
        for box in browser.find_elements("css selector", "[data-pick]")[:2]:
            box.click()
    return messages


def errors(paths: list[Path]) -> list[str]:
    """Return the errors that the Nu HTML checker finds in pages."""
    command = [needed("java"), "-Xss8m", "-jar", needed("vnu-jar/build/dist/vnu.jar")]
    ran = subprocess.run(
        [*command, "--errors-only", *paths], capture_output=True, text=True, check=False
    )
    assert bool(ran.returncode) == bool(ran.stderr)
    return ran.stderr.splitlines()
