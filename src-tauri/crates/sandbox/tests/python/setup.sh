#!/bin/sh
# Makes the Python environment of the third-party client tests: setup.sh <directory>.
# Does nothing when the environment already holds what requirements.txt asks for.
set -eu

directory=$1
requirements=$(dirname "$0")/requirements.txt
stamp=$directory/requirements.installed

if [ -x "$directory/bin/python" ] && cmp -s "$requirements" "$stamp"; then
  exit 0
fi
rm -rf "$directory"
"${PYTHON:-python3}" -m venv "$directory"
"$directory/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
cp "$requirements" "$stamp"
