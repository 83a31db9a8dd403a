# shellcheck shell=bash
# Runs a part of the tests, and tells an unsteady test from a failing one.

# half NAME PYTEST-ARGUMENTS: run tests that remember under a name of their own which ones failed.
half() {
  "$VENV/bin/python" -m pytest -o cache_dir="$ROOT/.pytest_cache/$1" "${@:2}"
}

# settled NAME OUTCOME: whether a half passed, or the few tests that failed pass with nothing
# beside them. These are named, so that nobody takes an unsteady test for a sound one.
settled() {
  local failed
  (($2 == 0)) && return
  (($2 == 1)) || return "$2"
  failed=$(grep '::.*: true' "$ROOT/.pytest_cache/$1/v/cache/lastfailed") || return 1
  (($(wc -l <<<"$failed") <= 2)) || return 1
  say "Once more, alone"
  half "$1" tests --last-failed || return 1
  say "UNSTEADY (failed beside the others, passed alone):"
  remark "$failed"
}
