# shellcheck shell=bash
# The system packages that Python environments, Qt, VTK and readable text need: judged by what is
# there, not by package names, because those differ between Debian and Ubuntu releases.

LIBRARIES='
libGL.so.1 libgl1
libEGL.so.1 libegl1
libOpenGL.so.0 libopengl0
libGLX_mesa.so.0 libglx-mesa0
libEGL_mesa.so.0 libegl-mesa0
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libXcursor.so.1 libxcursor1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xinerama.so.0 libxcb-xinerama0
libxcb-xkb.so.1 libxcb-xkb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libgssapi_krb5.so.2 libgssapi-krb5-2
libstdc++.so.6 libstdc++6
'

# Print the packages whose libraries or programs are not on this computer, one a line.
missing_packages() {
  local known library package
  known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
  while read -r library package; do
    [[ -z $library || $known == *"$library "* ]] || echo "$package"
  done <<<"$LIBRARIES"
  command -v Xvfb >/dev/null || echo xvfb
  [[ -d /usr/share/X11/xkb ]] || echo xkb-data
  compgen -G '/usr/share/fonts/*/*' >/dev/null || echo fonts-dejavu-core
  "$PYTHON" -c 'import ensurepip' 2>/dev/null || venv_package
}

# Debian keeps the part of Python that makes environments in a package of its own.
venv_package() {
  "$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# as_root COMMAND...: run it as root, directly or by a sudo that asks nothing; fail if neither works.
as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && sudo -n "$@"
  fi
}

# apt_install PACKAGE...: install quietly; what apt-get says goes to the log.
apt_install() {
  command -v apt-get >/dev/null || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >>"$LOG" 2>&1 &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends "$@" >>"$LOG" 2>&1
}

# Install what is missing; where that cannot be done, name the exact command and go on.
need_libraries() {
  [[ $(uname -s) == Linux ]] || return 0
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  say "Installing ${#missing[@]} system packages: ${missing[*]}"
  if ! apt_install "${missing[@]}"; then
    remark "They could not be installed from here; without them the window or 3D may not open. Please run:"
    remark "sudo apt-get install ${missing[*]}"
  fi
}
