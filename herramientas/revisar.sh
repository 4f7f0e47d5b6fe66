#!/usr/bin/env bash
# Todo lo que se revisa sin correr el portal. Cada línea puede fallar, y si falla se detiene aquí.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

echo "· ruff";            $bin/ruff check . && $bin/ruff format --check --quiet .
echo "· djhtml";          git ls-files 'templates/*.html' | xargs $bin/djhtml --check --quiet
echo "· djade";           git ls-files 'templates/*.html' | xargs $bin/djade --check --target-version 5.2
echo "· pisos";           $bin/lint-imports --no-cache >/dev/null || { $bin/lint-imports --no-cache; exit 1; }
echo "· migraciones";     $bin/python manage.py makemigrations --check --dry-run --verbosity 0
echo "· instalación";     $bin/python manage.py check --fail-level WARNING
echo "· traducciones";    $bin/python herramientas/traducciones.py
echo "· despliegue"
env SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')" ALLOWED_HOSTS=portal.example \
    DATABASE_URL=sqlite:///:memory: URL_DEL_SITIO=https://portal.example DJANGO_SETTINGS_MODULE=portal.settings.produccion \
    $bin/python manage.py check --deploy --fail-level WARNING
echo "Todo en orden."
