#!/usr/bin/env bash
# Set Skiagram up with the tests' packages and run the tests.
#
#   bash installer/test.sh [PYTEST ARGUMENTS]
#
# Without arguments all tests run, those that open no window beside those that do.
# Real images are found through SKIAGRAM_DATA; tests that need them are skipped without.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for part in words libraries environment display halves; do
  # shellcheck source=/dev/null
  source "$ROOT/installer/$part.sh"
done
trap 'stop "interrupted. Start again to go on." 130' INT

case ${1:-} in
  -h | --help) help_of "${BASH_SOURCE[0]}" && exit ;;
esac

# Rooms whose tests open no window; two that do would take the keyboard from each other.
readonly WITHOUT_WINDOW=(ai cohort commands core imaging io jobs session store)

# run_all: both halves at once, and their outputs one after the other.
run_all() {
  local log window=0 others=0 pid
  rm -rf "$ROOT/.pytest_cache"
  log=$(mktemp)
  half others "${WITHOUT_WINDOW[@]/#/tests/}" >"$log" 2>&1 &
  pid=$!
  half window tests "${WITHOUT_WINDOW[@]/#/--ignore=tests/}" || window=$?
  say "Tests that open no window"
  wait "$pid" || others=$?
  cat "$log"
  rm -f "$log"
  settled window "$window" && settled others "$others"
}

set_up dev
say "Running the tests"
cd "$ROOT"
if (($#)); then
  with_display "$VENV/bin/python" -m pytest "$@"
else
  with_display run_all
fi
