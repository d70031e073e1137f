#!/bin/sh
# Install the programs that some tests need and that are missing, if run as root on Debian or a derivative.
# The tests of a program that cannot be installed are skipped and report the reason.
#   chromium     uses the page as a person would; a download of 100 MB
#   gimp         opens a palette and a gradient; 77 MB
#   imagemagick  applies a lookup table of colors; 24 MB, mostly libraries that the other two need as well
#   foot, lua5.4, tmux, vim   load their themes; Lua that of Neovim; 50 MB, mostly the files of Vim
set -u
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v gimp-console >/dev/null || missing="$missing gimp"
command -v magick >/dev/null || command -v convert-im6.q16 >/dev/null || missing="$missing imagemagick"
for program in foot lua5.4 tmux vim; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
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
