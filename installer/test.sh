#!/usr/bin/env bash
# Set Skiagram up with the tests' packages and run the tests.
#
#   bash installer/test.sh [PYTEST ARGUMENTS]
#
# Real images are found through SKIAGRAM_DATA; tests that need them are skipped without.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for part in words libraries environment display; do
  # shellcheck source=/dev/null
  source "$ROOT/installer/$part.sh"
done
trap 'stop "interrupted. Start again to go on." 130' INT

case ${1:-} in
  -h | --help) help_of "${BASH_SOURCE[0]}" && exit ;;
esac

set_up dev
say "Running the tests"
cd "$ROOT"
with_display "$VENV/bin/python" -m pytest "$@"
