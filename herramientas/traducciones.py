"""Dice qué textos de las bibliotecas instaladas siguen sin traducción al español.

    python herramientas/traducciones.py            lista lo que falta (estado 1 si falta algo)
    python herramientas/traducciones.py --po       lo escribe como .po, para completar locale/es
    python herramientas/traducciones.py --compilar vuelve a generar los .mo (necesita msgfmt)

Los textos salen del catálogo inglés de cada aplicación, que trae todo lo
traducible; si no lo publica, de la unión de sus demás idiomas; y si no tiene
catálogos, de las llamadas a gettext de su código. Nuestro propio texto es
español sin gettext y no pasa por aquí.
"""

import ast
import gettext
import os
import re
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path
from typing import NamedTuple

RAIZ = Path(__file__).resolve().parent.parent
CATALOGOS = RAIZ / "locale" / "es" / "LC_MESSAGES"
BIBLIOTECAS = Path(sysconfig.get_path("purelib"))
DOMINIOS = ("django", "djangojs")
# El catálogo de un dominio separa el contexto del texto con este carácter.
SEPARADOR = "\x04"
# %(nombre)s y %s, {nombre}, etiquetas HTML, entidades y direcciones: deben llegar iguales a la traducción.
MARCADOR = re.compile(
    r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%[\d.]*[sdrfi]|\{[^{}]*\}|</?[a-zA-Z][^>]*>|&#?\w+;|https?://[^\s\"<]+"
)
FUNCIONES = re.compile(r"^(_|n?p?gettext(_lazy|_noop)?)$")


class Mensaje(NamedTuple):
    texto: str
    contexto: str | None = None
    plural: str | None = None

    @property
    def clave(self):
        return self.texto if self.contexto is None else f"{self.contexto}{SEPARADOR}{self.texto}"


# Lectura de catálogos


def leer_po(ruta):
    """Mensaje → tupla de traducciones (vacías si faltan o son dudosas), en el orden del archivo."""
    entradas = {}
    for bloque in re.split(r"\n\s*\n", ruta.read_text(encoding="utf-8")):
        campos, actual, dudosa = {}, None, False
        for linea in bloque.splitlines():
            if linea.startswith("#"):
                dudosa = dudosa or (linea.startswith("#,") and "fuzzy" in linea)
                continue
            if campo := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(?=")', linea):
                actual, linea = campo[1], linea[campo.end() :]
                campos[actual] = ""
            if actual and linea.strip():
                campos[actual] += ast.literal_eval(linea.strip())
        if campos.get("msgid"):
            mensaje = Mensaje(campos["msgid"], campos.get("msgctxt"), campos.get("msgid_plural"))
            textos = tuple(texto for campo, texto in sorted(campos.items()) if campo.startswith("msgstr"))
            entradas[mensaje] = tuple("" for _ in textos) if dudosa else textos
    return entradas


def leer_mo(ruta):
    """Los mensajes de un .mo. No trae el texto inglés en plural, así que pone el singular."""
    with ruta.open("rb") as archivo:
        claves = gettext.GNUTranslations(archivo)._catalog
    for clave in claves:
        completa, es_plural = (clave[0], True) if isinstance(clave, tuple) else (clave, False)
        contexto, _, texto = completa.rpartition(SEPARADOR)
        if texto:
            yield Mensaje(texto, contexto or None, texto if es_plural else None)


def leer_codigo(carpeta):
    """Los textos literales que el código Python de la carpeta pasa a gettext."""
    for ruta in sorted(carpeta.rglob("*.py")):
        for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
            if not isinstance(nodo, ast.Call):
                continue
            nombre = getattr(nodo.func, "id", getattr(nodo.func, "attr", ""))
            textos = [a.value for a in nodo.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if textos and FUNCIONES.match(nombre):
                contexto = textos.pop(0) if "pgettext" in nombre and len(textos) > 1 else None
                yield Mensaje(textos[0], contexto, textos[1] if "ngettext" in nombre and len(textos) > 1 else None)


# Lo que hay y lo que falta


def mensajes_de(carpeta, dominio):
    """Todo lo traducible que trae una aplicación en un dominio."""
    ingles = carpeta / "locale" / "en" / "LC_MESSAGES" / f"{dominio}.po"
    if ingles.exists():
        return list(leer_po(ingles))
    textos = sorted((carpeta / "locale").glob(f"*/LC_MESSAGES/{dominio}.po"))
    compilados = sorted((carpeta / "locale").glob(f"*/LC_MESSAGES/{dominio}.mo"))
    if textos:
        return list(dict.fromkeys(m for ruta in textos for m in leer_po(ruta)))
    if compilados:
        return list(dict.fromkeys(m for ruta in compilados for m in leer_mo(ruta)))
    if dominio == "django" and not (carpeta / "locale").exists():
        return list(dict.fromkeys(leer_codigo(carpeta)))
    return []


def esta_traducido(mensaje, traduccion):
    """Si gettext lo encontraría: en el catálogo o en los que le siguen (es-pe → es)."""
    claves = [mensaje.clave] if mensaje.plural is None else [(mensaje.clave, n) for n in range(3)]
    while traduccion is not None:
        catalogo = getattr(traduccion, "_catalog", None) or {}
        textos = [texto for clave in claves if (texto := catalogo.get(clave)) is not None]
        if textos and all(textos):
            return True
        traduccion = traduccion._fallback
    return False


def carpetas():
    """Nombre y carpeta de cada aplicación instalada que es una biblioteca."""
    import django
    from django.apps import apps

    yield "django", Path(django.__file__).parent / "conf"
    for app in apps.get_app_configs():
        if Path(app.path).is_relative_to(BIBLIOTECAS):
            yield app.name, Path(app.path)


def faltantes(dominio):
    """Pares (aplicación, mensaje) sin español, con los catálogos tal como Django los combina.

    El JavaScript del panel solo recibe el catálogo de su aplicación y el
    nuestro, así que en «djangojs» no cuenta lo que haya traducido otra.
    """
    from django.conf import settings
    from django.utils.translation.trans_real import DjangoTranslation

    resultado, vistos = [], set()
    comun = DjangoTranslation(settings.LANGUAGE_CODE, domain=dominio)
    for nombre, carpeta in carpetas():
        traduccion = comun
        if dominio == "djangojs":
            traduccion = DjangoTranslation(settings.LANGUAGE_CODE, domain=dominio, localedirs=[str(carpeta / "locale")])
        for mensaje in mensajes_de(carpeta, dominio):
            clave = (mensaje.clave, mensaje.plural is None)
            if clave not in vistos and not esta_traducido(mensaje, traduccion):
                vistos.add(clave)
                resultado.append((nombre, mensaje))
    return resultado


# Nuestros catálogos


def marcadores(texto):
    return Counter(MARCADOR.findall(texto.replace("%%", "")))


def marcadores_rotos(mensaje, traducciones):
    """Las traducciones que pierden, cambian o inventan un marcador.

    La primera forma de un plural puede llevar los del singular o los del plural
    («1 página» frente a «%(count)s páginas»); las demás, los del plural.
    """
    plural = marcadores(mensaje.plural or mensaje.texto)
    primera = [marcadores(mensaje.texto), plural]
    return [texto for n, texto in enumerate(traducciones) if marcadores(texto) not in (primera if n == 0 else [plural])]


def desfase(dominio, carpeta=CATALOGOS):
    """Las claves cuyo texto en el .mo no es el del .po, porque falta compilarlo."""
    with (carpeta / f"{dominio}.mo").open("rb") as archivo:
        compilado = gettext.GNUTranslations(archivo)._catalog
    esperado = {}
    for mensaje, textos in leer_po(carpeta / f"{dominio}.po").items():
        if mensaje.plural is None:
            esperado[mensaje.clave] = textos[0]
        else:
            esperado |= {(mensaje.clave, n): texto for n, texto in enumerate(textos)}
    todas = (esperado.keys() | compilado.keys()) - {""}
    return {clave for clave in todas if esperado.get(clave) != compilado.get(clave)}


def compilar(dominio):
    catalogo = CATALOGOS / dominio
    subprocess.run(["msgfmt", "--check", "-o", f"{catalogo}.mo", f"{catalogo}.po"], check=True)


def como_po(mensaje, aplicacion):
    def cita(texto):
        return '"' + texto.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    lineas = [f"#. {aplicacion}"]
    lineas += ["#, python-format"] if "%(" in mensaje.texto else []
    lineas += [f"msgctxt {cita(mensaje.contexto)}"] if mensaje.contexto else []
    lineas.append(f"msgid {cita(mensaje.texto)}")
    if mensaje.plural is None:
        lineas.append('msgstr ""')
    else:
        lineas += [f"msgid_plural {cita(mensaje.plural)}", *(f'msgstr[{n}] ""' for n in range(3))]
    return "\n".join(lineas) + "\n"


def main(argumentos):
    if "--compilar" in argumentos:
        for dominio in DOMINIOS:
            compilar(dominio)
        return 0
    sys.path.insert(0, str(RAIZ))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    total = 0
    for dominio in DOMINIOS:
        for aplicacion, mensaje in faltantes(dominio):
            total += 1
            if "--po" in argumentos:
                print(como_po(mensaje, aplicacion))
            else:
                print(f"{dominio} · {aplicacion} · {mensaje.texto!r}")
    print(f"Sin traducción al español: {total}", file=sys.stderr)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
