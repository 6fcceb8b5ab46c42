"""The options that show and install completion, for bash, zsh, fish and PowerShell."""

from __future__ import annotations

import subprocess
from pathlib import Path

from npcompare.atomic_files import replace_files
from npcompare.cli.output import print_message, print_result
from npcompare.errors import NpcompareError

_PROGRAM, _VARIABLE = "npcompare", "_NPCOMPARE_COMPLETE"
_POWERSHELLS = ("powershell", "pwsh")
_SHELLS = ("bash", "zsh", "fish", *_POWERSHELLS)


def show_completion() -> None:
    """Print the script of the current shell, to be kept by hand."""
    print_result(f"{_script(_current_shell())}\n")


def install_completion() -> None:
    """Add the script to what the current shell reads when it starts."""
    shell = _current_shell()
    if shell in _POWERSHELLS:
        path = _add_to_profile(shell)
    else:
        from typer._completion_shared import install

        _, path = install(shell, _PROGRAM, _VARIABLE)
    print_message(f"wrote {path}; completion works in each new terminal")
    if shell in _POWERSHELLS:
        print_message(
            "  hint: if PowerShell says that running scripts is disabled: "
            "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
        )


def _current_shell() -> str:
    """Return the name of the shell in use; raise NpcompareError if it has no completion."""
    import shellingham

    try:
        shell = str(shellingham.detect_shell()[0]).lower()
    except shellingham.ShellDetectionFailure:
        shell = ""
    if shell not in _SHELLS:
        message = f"there is no completion for {shell}" if shell else "the shell is not known"
        hint = "open PowerShell, bash, zsh or fish, and give the command there"
        raise NpcompareError(message, hint)
    return shell


def _script(shell: str) -> str:
    from typer._completion_shared import get_completion_script

    return get_completion_script(prog_name=_PROGRAM, complete_var=_VARIABLE, shell=shell)


def _add_to_profile(shell: str) -> Path:
    """Add the script to the profile of PowerShell, unless it is there; leave its policy alone."""
    command = [shell, "-NoProfile", "-Command", "$PROFILE"]
    ran = subprocess.run(  # noqa: S603 - the name is one of two
        command, check=False, capture_output=True, text=True, errors="replace"
    )
    path = Path(ran.stdout.strip())
    if ran.returncode or not ran.stdout.strip():
        raise NpcompareError(
            "the profile of PowerShell was not found",
            "add the output of npcompare --show-completion to it by hand: notepad $PROFILE",
        )
    before = path.read_bytes() if path.is_file() else b""
    script = _script(shell).encode()
    if script not in before:
        content = before + b"\n" * bool(before) + script + b"\n"
        replace_files({path.resolve(): content}, force=True)
    return path
