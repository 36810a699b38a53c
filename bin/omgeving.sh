# Read by bin/start and bin/test, from the project folder. POSIX sh.
# Makes .venv out of a lock file, and installs system packages where it may.

STEMPEL=.venv/wmo-stempel

zeg() { printf '%s\n' "$*" >&2; }

# A pyenv shim stands on PATH and yet ends with 127, so every candidate has to prove itself by running.
vind_python() {
    for kandidaat in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python3.14 python; do
        if gevonden=$("$kandidaat" -c '
import sys
sys.version_info >= (3, 11) or sys.exit(1)
print(sys.executable)' 2>/dev/null) && [ -n "$gevonden" ]; then
            printf '%s\n' "$gevonden"
            return 0
        fi
    done
    zeg "Er is geen Python 3.11 of nieuwer gevonden. Installeer het en start opnieuw:"
    zeg "  Debian 12, Ubuntu 24.04 of nieuwer:  sudo apt-get install python3 python3-venv"
    zeg "  Fedora:                              sudo dnf install python3"
    zeg "  macOS:                               brew install python@3.13"
    zeg "Staat Python ergens anders, wijs het dan aan: PYTHON=/pad/naar/python3 $0"
    return 1
}

# --- system packages: as root, or by sudo when that asks no password ---
als_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

mag_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; }
}

apt_get() { als_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" </dev/null >/dev/null 2>&1; }

installeer() {
    mag_apt || return 1
    zeg "Installeren met apt-get: $*"
    apt_get install --no-install-recommends "$@" && return 0
    apt_get update && apt_get install --no-install-recommends "$@"
}

# --- the Python environment ---
# The stamp names the lock files that are wholly installed; their checksum says whether they have changed since.
stempel_van() { printf '%s %s\n' "$1" "$(cksum <"$1")"; }

omgeving_klopt() {
    [ -f "$STEMPEL" ] && grep -qxF "$(stempel_van "$1")" "$STEMPEL" && .venv/bin/python -c '' 2>/dev/null
}

maak_venv() {
    .venv/bin/python -c 'import pip, sys; sys.version_info >= (3, 11) or sys.exit(1)' 2>/dev/null && return 0
    python=$(vind_python) || return 1
    zeg "Omgeving maken in .venv met $python"
    "$python" -m venv --clear .venv >/dev/null 2>&1 && return 0
    # Debian and Ubuntu ship Python without its venv.
    pakket=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if installeer "$pakket" && "$python" -m venv --clear .venv >/dev/null 2>&1; then return 0; fi
    zeg "Python kan hier geen eigen omgeving maken. Installeer wat ontbreekt en start opnieuw:"
    zeg "  sudo apt-get install $pakket"
    return 1
}

installeer_lock() {
    if command -v uv >/dev/null 2>&1 &&
        uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1" 2>/dev/null; then
        return 0
    fi
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "$1" >&2
}

# zorg_voor_omgeving LOCK: nothing to do when the lock has not changed (20 ms).
zorg_voor_omgeving() {
    omgeving_klopt "$1" && return 0
    maak_venv || return 1
    rm -f "$STEMPEL"
    zeg "Pakketten installeren uit $1 (ongeveer een halve minuut)"
    if ! installeer_lock "$1"; then
        zeg "Het installeren van de pakketten is niet gelukt; wat pip zei staat hierboven."
        return 1
    fi
    stempel_van "$1" >"$STEMPEL"
    # The lock for builders holds everything of the other one, at the same versions (tests/huis keeps it so).
    if [ "$1" = requirements-dev.lock ]; then stempel_van requirements.lock >>"$STEMPEL"; fi
}

# --- PDF needs Pango, the one thing that no wheel brings ---
pango_is_er() {
    if [ "$(uname -s)" = Linux ]; then
        .venv/bin/python -c '
import ctypes
for naam in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0"):
    ctypes.CDLL(naam)' 2>/dev/null
    else
        .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1
    fi
}

zorg_voor_pango() {
    pango_is_er && return 0
    if installeer libpangoft2-1.0-0 libharfbuzz-subset0 && pango_is_er; then return 0; fi
    zeg "Let op: PDF staat uit, want Pango ontbreekt. De rest werkt. Zo krijgt u PDF:"
    zeg "  Debian of Ubuntu:  sudo apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
    zeg "  Fedora:            sudo dnf install pango"
    zeg "  macOS:             brew install pango"
    return 1
}
