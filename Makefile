# «make» a secas muestra esto.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
VENV := .venv
PY := $(VENV)/bin/python
export DJANGO_SETTINGS_MODULE ?= portal.settings.local
export PYTHONWARNINGS ?= ignore

.DEFAULT_GOAL := ayuda
.PHONY: ayuda run test test-postgres medidores bench revisar arreglar requisitos preparar datos puerto limpiar

ayuda: ## muestra las órdenes
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

# --- Preparar ---

preparar: $(VENV)/.listo ## instala lo que el portal necesita (entorno, dependencias, bibliotecas del sistema)

$(VENV)/.listo: requirements.txt herramientas/sistema.sh
	@bash herramientas/sistema.sh $(PYTHON)
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.listo-dev: $(VENV)/.listo requirements-dev.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# El sitio de Wagtail y los enlaces de los correos nombran el puerto en que se sirve.
datos run: export URL_DEL_SITIO ?= http://localhost:$(PORT)

datos: preparar ## migra y carga los datos reales y, salvo DEMO=0, la demostración (una vez)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py cargar_datos
	@if [ "$(DEMO)" = "0" ]; then $(PY) manage.py crear_primera_cuenta; else $(PY) manage.py cargar_demo; fi
	@$(PY) manage.py collectstatic --noinput --verbosity 0

# --- Usar ---

# Va antes que nada: no se prepara todo para descubrir al final que el puerto está ocupado.
puerto: ## dice si el puerto de PORT= está libre
	@PORT=$(PORT) $(PYTHON) herramientas/correr.py --solo-puerto

run: puerto datos ## arranca el portal en http://localhost:8000 (PORT= lo cambia; DEMO=0 empieza una oficina vacía)
	@PORT=$(PORT) $(PY) herramientas/correr.py

# --- Probar ---

test: $(VENV)/.listo-dev ## toda la prueba en SQLite, con navegador si hay Chromium
	@$(PY) -m pytest --create-db -n 2 --dist loadfile $(ARGS)

test-postgres: $(VENV)/.listo-dev ## toda la prueba en PostgreSQL; pide DATABASE_URL
	@test -n "$(DATABASE_URL)" || { echo "Diga la base: make test-postgres DATABASE_URL=postgres://usuario@servidor/base"; exit 2; }
	@DATABASE_URL="$(DATABASE_URL)" $(PY) -m pytest --create-db -n 2 --dist loadfile $(ARGS)

MEDIDORES := var/medir/node_modules/.listo

$(MEDIDORES): herramientas/medir/package.json
	@command -v npm >/dev/null && command -v java >/dev/null || { echo "Para medir hacen falta npm y java."; exit 2; }
	@mkdir -p var/medir && cp herramientas/medir/package.json var/medir/
	@npm install --prefix var/medir --ignore-scripts --no-package-lock --no-audit --no-fund --silent
	@touch $@

medidores: $(MEDIDORES) ## instala lo que mide el sitio desde fuera: Lighthouse y el validador de HTML (npm y java)

bench: $(VENV)/.listo-dev $(MEDIDORES) ## mide el portal servido: enlaces, peso, HTML, Lighthouse, cupos… (MEDIR= elige)
	@$(PY) -m herramientas.medir $(MEDIR)

revisar: $(VENV)/.listo-dev ## todo lo que se revisa sin correr el portal: estilo, pisos, migraciones, despliegue
	@bash herramientas/revisar.sh

arreglar: $(VENV)/.listo-dev ## da formato al código y a las plantillas
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format --quiet .
	@git ls-files 'templates/*.html' | xargs $(VENV)/bin/djhtml || true
	@git ls-files 'templates/*.html' | xargs $(VENV)/bin/djade --target-version 5.2 || true

requisitos: $(VENV)/.listo-dev ## fija de nuevo requirements*.txt a partir de requirements*.in
	@for f in requirements requirements-dev; do $(VENV)/bin/pip-compile --quiet --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host -o $$f.txt $$f.in; done

limpiar: ## borra la base, los archivos y el correo de esta máquina (var/)
	@rm -rf var
