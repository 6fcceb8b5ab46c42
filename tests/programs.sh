#!/usr/bin/env bash
# Installs what some tests need besides Python: Debian packages, two npm packages, and checkers in
# environments of their own. Only what is missing is installed. If something cannot be installed, this says so and continues; the tests that
# need it are skipped and name it.
set -uo pipefail
cd "$(dirname "$0")"

# What shows that a package is installed (a command, a TeX file or a path), and its Debian name.
needs='
chromium                                 chromium
chromedriver                             chromium-driver
/usr/lib/libreoffice/program/libswlo.so  libreoffice-writer-nogui
/usr/lib/libreoffice/program/libsclo.so  libreoffice-calc-nogui
pdftotext                                poppler-utils
java                                     default-jre-headless
npm                                      npm
pipx                                     pipx
fish                                     fish
zsh                                      zsh
Rscript                                  r-base-core
/usr/lib/R/site-library/readxl           r-cran-readxl
pdflatex                                 texlive-latex-base
xelatex                                  texlive-xetex
lualatex                                 texlive-luatex
booktabs.sty                             texlive-latex-recommended
tikz.sty                                 texlive-pictures
ulem.sty                                 texlive-plain-generic
pzdr.tfm                                 texlive-fonts-recommended
lmodern.sty                              lmodern
lmroman10-regular.otf                    fonts-lmodern
/usr/share/fonts/opentype/freefont       fonts-freefont-otf
/usr/share/fonts/truetype/liberation     fonts-liberation
'

is_installed() {
  command -v "$1" || [ -e "$1" ] || kpsewhich "$1"
}

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@"
}

packages=()
while read -r sign package; do
  [ -z "$sign" ] || is_installed "$sign" || packages+=("$package")
done <<<"$needs" >/dev/null 2>&1

if [ "${#packages[@]}" -eq 0 ]; then
  echo "programs: all Debian packages are installed"
elif [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "programs: missing, and only root can install them with apt-get: ${packages[*]}"
else
  echo "programs: installing ${packages[*]}"
  apt-get update --quiet=2
  # A package that this release does not have must not prevent the others.
  if ! install "${packages[@]}"; then
    for package in "${packages[@]}"; do install "$package"; done
  fi >/dev/null
fi

if cmp --silent package-lock.json node_modules/.lock; then
  echo "programs: the npm packages are installed"
elif command -v npm >/dev/null; then
  npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.lock
else
  echo "programs: npm is missing, so axe-core and the Nu HTML checker are not installed"
fi

# Checkers in Python that need other releases than npcompare does: one for each file of requirements.
for requirements in checkers/*.txt; do
  name=$(basename "$requirements" .txt)
  if cmp --silent "$requirements" "../.checkers/$name/.lock"; then
    echo "programs: $name is installed"
  else
    "${PYTHON:-python3}" -m venv --clear "../.checkers/$name" &&
      "../.checkers/$name/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes -r "$requirements" &&
      cp "$requirements" "../.checkers/$name/.lock" && echo "programs: installed $name"
  fi
done
exit 0
