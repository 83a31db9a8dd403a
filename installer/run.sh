#!/usr/bin/env bash
# Set Skiagram up, once, and start it.
#
#   bash installer/run.sh [PATH] [--headless] [--out DIR]
#
# PATH        a folder, ZIP, DICOMDIR or image file; without it, a synthetic sample study
# --headless  open no window: read PATH and write report and DICOM results
#             (so it is also where there is no screen)
# --out DIR   where the results go; ./skiagram-results unless told
#
# The first run makes .venv and installs everything; later runs start at once.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for part in words libraries environment display; do
  # shellcheck source=/dev/null
  source "$ROOT/installer/$part.sh"
done
trap 'stop "interrupted. Start again to go on." 130' INT

path=''
out='skiagram-results'
headless=''
while (($#)); do
  case $1 in
    -h | --help) help_of "${BASH_SOURCE[0]}" && exit ;;
    --headless) headless=yes ;;
    --out) (($# > 1)) || stop "--out needs a folder." 2
           out=$2 && shift ;;
    --out=*) out=${1#--out=} ;;
    -*) stop "there is no option $1; see --help." 2 ;;
    *) [[ -z $path ]] || stop "only one PATH can be opened, and $1 is a second." 2
       path=$1 ;;
  esac
  shift
done
[[ -z $path || -e $path ]] || stop "there is nothing at $path." 3

set_up ''
trap - INT
if [[ -n $headless ]] || ! has_display; then
  say "Reading ${path:-the synthetic sample study} without a window; results go to $out"
  exec "$VENV/bin/skiagram" review ${path:+"$path"} --out "$out"
fi
say "Opening the window"
exec "$VENV/bin/skiagram" open ${path:+"$path"}
