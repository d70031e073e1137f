#!/bin/sh
# Installs the programs that some tests need, where they are missing and it can be done (as root, on Debian and its kin).
# Where it cannot, those tests are skipped, and say why.
#   chromium  the page is used in it as a person would; 100 MB to fetch
#   gimp      opens a palette and a gradient; 77 MB
#   imagemagick  applies a table of colors; 24 MB, most of it libraries that the others bring too
set -u
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v gimp-console >/dev/null || missing="$missing gimp"
command -v magick >/dev/null || command -v convert-im6.q16 >/dev/null || missing="$missing imagemagick"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed, so their tests are skipped:$missing" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1
for program in $missing; do
    apt-get install -y -qq --no-install-recommends "$program" >/dev/null 2>&1 ||
        echo "cannot be installed, so its tests are skipped: $program" >&2
done
