#!/bin/sh
# Compiles the FSH files to JSON in fsh-generated/resources.
# Needs node and npm, and a folder FHIR_HOME that holds .fhir/packages/hl7.fhir.r4.core#4.0.1.
# SUSHI=<path of the sushi command> takes an installed SUSHI instead of fetching one.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
sushi_version=3.21.0

if [ ! -d "${FHIR_HOME:?names the folder that holds .fhir/packages}/.fhir/packages/hl7.fhir.r4.core#4.0.1/package" ]; then
    echo "compile.sh: no hl7.fhir.r4.core#4.0.1 in $FHIR_HOME/.fhir/packages" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${SUSHI:-}" ]; then
    npm install --silent --no-save --prefix "$work/npm" "fsh-sushi@$sushi_version"
    SUSHI="$work/npm/node_modules/.bin/sushi"
fi

# Compiled beside the sources, so that a failed run leaves the committed JSON as it was.
mkdir "$work/guide"
cp -R "$here/sushi-config.yaml" "$here/input" "$work/guide/"
HOME="$FHIR_HOME" "$SUSHI" build "$work/guide"

rm -rf "$here/fsh-generated"
mkdir "$here/fsh-generated"
cp -R "$work/guide/fsh-generated/resources" "$here/fsh-generated/resources"

# What was compiled: a test compares it with the sources, so that nobody forgets to compile.
(cd "$here" && LC_ALL=C sh -c 'sha256sum sushi-config.yaml input/fsh/*.fsh' > fsh-generated/compiled-from.sha256)
