#!/usr/bin/env bash
# Installs what some tests need beyond Python: programs of Debian's, and two packages of npm's.
# Only what is missing is fetched. Where something cannot be had, this says so and goes on: the
# tests that need it are then skipped, each by the name of what it lacks.
set -uo pipefail
cd "$(dirname "$0")"

# What shows that a package is there (a command, a file of TeX's, or a path), and its Debian name.
needs='
chromium                                 chromium
chromedriver                             chromium-driver
/usr/lib/libreoffice/program/libswlo.so  libreoffice-writer-nogui
/usr/lib/libreoffice/program/libsclo.so  libreoffice-calc-nogui
pdftotext                                poppler-utils
java                                     default-jre-headless
npm                                      npm
pdflatex                                 texlive-latex-base
xelatex                                  texlive-xetex
lualatex                                 texlive-luatex
booktabs.sty                             texlive-latex-recommended
ulem.sty                                 texlive-plain-generic
pzdr.tfm                                 texlive-fonts-recommended
lmodern.sty                              lmodern
lmroman10-regular.otf                    fonts-lmodern
/usr/share/fonts/opentype/freefont       fonts-freefont-otf
/usr/share/fonts/truetype/liberation     fonts-liberation
'

here() {
  command -v "$1" || [ -e "$1" ] || kpsewhich "$1"
}

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@"
}

packages=()
while read -r sign package; do
  [ -z "$sign" ] || here "$sign" || packages+=("$package")
done <<<"$needs" >/dev/null 2>&1

if [ "${#packages[@]}" -eq 0 ]; then
  echo "programs: all of Debian's are here"
elif [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "programs: not here, and only root can install them with apt-get: ${packages[*]}"
else
  echo "programs: installing ${packages[*]}"
  apt-get update --quiet=2
  # One that this release does not have must not keep the others away.
  if ! install "${packages[@]}"; then
    for package in "${packages[@]}"; do install "$package"; done
  fi >/dev/null
fi

if cmp --silent package-lock.json node_modules/.lock; then
  echo "programs: the packages of npm's are here"
elif command -v npm >/dev/null; then
  npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.lock
else
  echo "programs: no npm, and so neither axe-core nor the Nu checker"
fi
exit 0
