#!/usr/bin/env bash
# Bibliotecas del sistema que el portal usa. Con apt y root las instala; sin ellos, dice en una línea qué falta.
set -euo pipefail
python=${1:-python3}

faltan=()
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "El portal necesita Python 3.11 o más nuevo; aquí «$python» es $("$python" -V 2>&1)." >&2
    exit 1
}
"$python" -c 'import venv, ensurepip' 2>/dev/null || faltan+=(python3-venv)
# WeasyPrint compone los PDF con Pango; las letras DejaVu cubren el castellano.
for biblioteca in libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0 \
    libharfbuzz-subset.so.0:libharfbuzz-subset0; do
    "$python" -c "import ctypes; ctypes.CDLL('${biblioteca%%:*}')" 2>/dev/null || faltan+=("${biblioteca##*:}")
done
command -v fc-list >/dev/null && fc-list | grep -qi dejavu || faltan+=(fontconfig fonts-dejavu-core)

[ ${#faltan[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Instalando: ${faltan[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${faltan[@]}" >/dev/null
else
    echo "Faltan bibliotecas del sistema. Instálelas y repita: sudo apt-get install ${faltan[*]}" >&2
    exit 1
fi
