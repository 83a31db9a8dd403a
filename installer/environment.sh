# shellcheck shell=bash
# Our own Python environment, .venv: made once, repaired after an interruption, left alone when current.

VENV="$ROOT/.venv"
CONSTRAINTS="$ROOT/installer/constraints.txt"
STAMP="$VENV/skiagram-installed"
UNFINISHED="$VENV/skiagram-unfinished"
NEEDED_KB=$((6 * 1024 * 1024))

LOG="$ROOT/build/install.log"

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

# Print the newest usable Python: python3 if it will do, else a numbered one.
find_python() {
  local candidate
  for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
    if command -v "$candidate" >/dev/null &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

need_python() {
  PYTHON=$(find_python) && return
  if command -v python3 >/dev/null; then
    stop "Skiagram needs Python 3.11 or newer, and this is $(python3 -V). Please install a newer one."
  fi
  stop "there is no Python here. Please run: sudo apt-get install python3 python3-venv"
}

need_disk() {
  [[ -w $ROOT ]] || stop "the folder $ROOT cannot be written."
  local free_kb
  free_kb=$(df -Pk "$ROOT" | awk 'NR == 2 { print $4 }')
  ((free_kb >= NEEDED_KB)) ||
    stop "the installation needs $((NEEDED_KB / 1024 / 1024)) GB of free disk, and only $((free_kb / 1024)) MB are free at $ROOT."
}

# current_key EXTRAS: all that the environment depends on, as one hash.
current_key() {
  {
    echo "$ROOT" "$1"
    "$PYTHON" -c 'import sys; print(sys.version)'
    cat "$ROOT/pyproject.toml" "$CONSTRAINTS"
  } | sha256sum | cut -d ' ' -f 1
}

# is_current EXTRAS: whether the environment is complete; one with the tests' packages is so for both.
is_current() {
  [[ -f $STAMP && -x $VENV/bin/python ]] || return 1
  local stamp
  stamp=$(<"$STAMP")
  [[ $stamp == "$(current_key dev)" ]] || [[ $stamp == "$(current_key "$1")" ]]
}

# Make the empty environment; where Debian left `ensurepip` out, by a pip that lies about.
make_venv() {
  "$PYTHON" -m venv "$VENV" >>"$LOG" 2>&1 && return
  rm -rf "$VENV"
  "$PYTHON" -m venv --without-pip "$VENV" >>"$LOG" 2>&1 &&
    "$PYTHON" -m pip --python "$VENV/bin/python" install pip >>"$LOG" 2>&1 && return
  rm -rf "$VENV"
  stop "this Python cannot make environments. Please run: sudo apt-get install $(venv_package)"
}

# Turn what pip says into one short line per package.
show_pip() {
  awk '
    /^(Collecting|Processing) / {
      name = $2
      sub(/.*\//, "", name)
      sub(/-[0-9].*/, "", name)
      sub(/[<>=!~;[(].*/, "", name)
      printf "    %3d  %s\n", ++count, name
      fflush()
    }
    /^Installing collected packages/ { print "    unpacking, which takes a minute or two"; fflush() }
  '
}

# Say in one sentence why pip failed. It leaves no half of a package behind, unless the disk is full.
explain_pip() {
  local last
  last=$(tail -n 60 "$LOG")
  [[ $last == *'No space left'* ]] || rm -f "$UNFINISHED"
  case $last in
    *'No space left'*) stop "the disk is full. Free at least 6 GB and start again." ;;
    *onnection* | *'Temporary failure in name'* | *'timed out'*)
      stop "the packages could not be fetched. Start again when this computer is online; details are in $LOG." ;;
    *'No matching distribution'*)
      stop "a package does not exist for $("$PYTHON" -V) on this computer; details are in $LOG." ;;
    *) stop "the packages could not be installed; details are in $LOG." ;;
  esac
}

pip_install() {
  "$VENV/bin/python" -m pip install --progress-bar off "$@" 2>&1 | tee -a "$LOG" | show_pip || explain_pip
}

# PyTorch comes first and by name alone, so that a CPU build lying on this computer is taken.
install_packages() {
  local target=$ROOT
  [[ -z $1 ]] || target="${ROOT}[$1]"
  pip_install "$(grep '^torch==' "$CONSTRAINTS")"
  pip_install -c "$CONSTRAINTS" hatchling editables
  pip_install -c "$CONSTRAINTS" --no-build-isolation -e "$target"
}

warm_up() {
  say "Preparing compiled parts, once"
  "$VENV/bin/skiagram" warm >>"$LOG" 2>&1 || remark "That did not work; the first start will be slower. Details are in $LOG."
}

# set_up EXTRAS ("" or "dev"): bring everything up to date, or return at once when it is.
set_up() {
  need_python
  if is_current "$1"; then return; fi
  exec 9<"$CONSTRAINTS"
  ! command -v flock >/dev/null || flock -n 9 || { say "Waiting for another installation to end"; flock 9; }
  if ! is_current "$1"; then install "$1"; fi
  exec 9<&-
}

install() {
  local started=$SECONDS
  need_disk
  mkdir -p "${LOG%/*}"
  : >"$LOG"
  need_libraries
  if [[ -f $UNFINISHED ]]; then
    say "The last installation was interrupted; starting it afresh"
    rm -rf "$VENV"
  fi
  if [[ ! -x $VENV/bin/python ]] || ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making a Python environment in $VENV with $("$PYTHON" -V)"
    rm -rf "$VENV"
    make_venv
  fi
  touch "$UNFINISHED"
  say "Installing Python packages; the first time this fetches about 1 GB"
  install_packages "$1"
  warm_up
  current_key "$1" >"$STAMP"
  rm -f "$UNFINISHED"
  say "Ready after $((SECONDS - started)) s"
}
