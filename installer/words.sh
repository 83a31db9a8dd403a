# shellcheck shell=bash
# What the installer says to people: steps, remarks, and one plain sentence when it stops.

say() { printf '==> %s\n' "$*"; }

remark() { printf '    %s\n' "$*"; }

# stop SENTENCE [EXIT CODE]
stop() {
  printf 'Stopped: %s\n' "$1" >&2
  exit "${2:-1}"
}

# Print who opens this file and then the comment block at its top, as help.
help_of() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"
}
