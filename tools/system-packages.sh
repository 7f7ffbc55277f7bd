#!/bin/sh
# What tests and benchmarks need from the system: Chromium with Chinese fonts, raptor (an RDF parser of another make), and
# Virtuoso (a SPARQL store of another make). Installed on Debian and Ubuntu when we may; else the tests that need them say so.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
{ fc-list :lang=zh 2>/dev/null || true; } | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
command -v rapper >/dev/null 2>&1 || missing="$missing raptor2-utils"
command -v virtuoso-t >/dev/null 2>&1 || missing="$missing virtuoso-opensource-7 virtuoso-opensource-7-bin"
[ -n "$missing" ] || exit 0
run=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run="sudo -n"; else
    echo "For all tests install:  sudo apt-get install$missing   (tests that need them are skipped now)" >&2
    exit 0
  fi
fi
command -v apt-get >/dev/null 2>&1 || { echo "For all tests install:$missing (tests that need them are skipped now)" >&2; exit 0; }
echo "Installing from the system's packages (once):$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086
$run apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
  for package in $missing; do
    $run apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || echo "  $package could not be installed; tests that need it are skipped" >&2
  done
exit 0
