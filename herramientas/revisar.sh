#!/usr/bin/env bash
# Todo lo que se revisa sin correr el portal. Cada línea puede fallar, y si falla se detiene aquí.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export DJANGO_SETTINGS_MODULE=portal.settings.local

# Corre una revisión callada: solo habla si falla.
revisar() {
    echo "· $1"
    local salida
    salida=$("${@:2}" 2>&1) || { echo "$salida"; exit 1; }
}
mapfile -t plantillas < <(git ls-files 'templates/*.html')

revisar "estilo"        $bin/ruff check .
revisar "formato"       $bin/ruff format --check .
revisar "djhtml"        $bin/djhtml --check "${plantillas[@]}"
revisar "djade"         $bin/djade --check --target-version 5.2 "${plantillas[@]}"
revisar "pisos"         $bin/lint-imports --no-cache
revisar "migraciones"   $bin/python manage.py makemigrations --check --dry-run
revisar "instalación"   $bin/python manage.py check --fail-level WARNING
revisar "traducciones"  $bin/python herramientas/traducciones.py
export SECRET_KEY ALLOWED_HOSTS=portal.example DATABASE_URL=sqlite:///:memory: URL_DEL_SITIO=https://portal.example
SECRET_KEY=$($bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')
export DJANGO_SETTINGS_MODULE=portal.settings.produccion
revisar "despliegue"    $bin/python manage.py check --deploy --fail-level WARNING
echo "Todo en orden."
