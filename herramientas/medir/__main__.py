"""Mide el portal en marcha: «make bench». Termina con error si algo pasa de su límite.

Uso: python -m herramientas.medir [medida…]; sin nada, todas. Las del sitio (enlaces, peso, html, lighthouse) recorren
la demostración servida; las demás preparan su propia base.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from herramientas.medir import arco, boletin, busqueda, correo, cupos, importar, mesa, rastro, tokens
from herramientas.medir.html import MODULOS, revisar
from herramientas.medir.servidor import portal
from herramientas.medir.sitio import forma, pedir, recorrer

PESO_MAXIMO = 60_000
VECES = int(os.environ.get("VECES", "5"))
MINIMOS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def enlaces(direccion, paginas):
    """Ningún enlace del sitio lleva a una pared."""
    rotos = [f"{pagina.ruta}: {pagina.estado}" for pagina in paginas if pagina.estado >= 400]
    print(f"Enlaces: {len(paginas)} direcciones recorridas, {len(rotos)} rotas")
    return rotos


def peso(direccion, paginas):
    """Lo que viaja de una página la primera vez, sin imágenes: HTML, hojas de estilo, guiones y letra."""
    pesos, faltas = {}, []
    recursos = {}
    for pagina in paginas:
        if not pagina.es_html or pagina.estado != 200:
            continue
        for ruta in pagina.recursos:
            recursos.setdefault(ruta, None)
            if recursos[ruta] is None:
                recursos[ruta] = pedir(direccion, ruta).octetos
        total = pagina.octetos + sum(recursos[ruta] for ruta in set(pagina.recursos))
        pesos[forma(pagina.ruta)] = max(total, pesos.get(forma(pagina.ruta), 0))
    for ruta, octetos in sorted(pesos.items(), key=lambda par: -par[1])[:12]:
        print(f"  {octetos / 1000:6.1f} kB  {ruta}")
    print(f"Peso: la mayor de {len(pesos)} formas de página, {max(pesos.values()) / 1000:.1f} kB (límite 60)")
    return faltas + [f"{ruta}: {octetos} octetos" for ruta, octetos in pesos.items() if octetos > PESO_MAXIMO]


def html(direccion, paginas):
    """Nu HTML Checker sobre cada página recorrida."""
    suyas = {pagina.ruta: pagina.cuerpo for pagina in paginas if pagina.es_html}
    faltas = revisar(suyas)
    print(f"HTML: {len(suyas)} páginas, {len(faltas)} errores")
    return faltas


def lighthouse(direccion, paginas):
    """Mediana de ``VECES`` corridas en un teléfono simulado sobre el inicio, el calendario y una capacitación."""
    ficha = next(
        p.ruta for p in paginas if p.es_html and forma(p.ruta) == "/capacitaciones/*/" and b"Inscribirme" in p.cuerpo
    )
    faltas = []
    for ruta in ("/", "/capacitaciones/", ficha):
        corridas = [_correr_lighthouse(direccion + ruta) for _ in range(VECES)]
        medianas = {nombre: statistics.median(c[nombre] for c in corridas) for nombre in MINIMOS}
        print(f"Lighthouse {ruta}: " + ", ".join(f"{nombre} {valor:.0f}" for nombre, valor in medianas.items()))
        fallos = {falla for corrida in corridas for falla in corrida["fallas"]}
        faltas += [
            f"{ruta}: {n} {v:.0f} < {MINIMOS[n]} ({sorted(fallos)})" for n, v in medianas.items() if v < MINIMOS[n]
        ]
    return faltas


def _correr_lighthouse(url):
    opciones = ["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    categorias = f"--only-categories={','.join(MINIMOS)}"
    orden = [MODULOS / ".bin" / "lighthouse", url, categorias, *opciones]
    entorno = {"CHROME_PATH": CHROMIUM, "PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": tempfile.gettempdir()}
    informe = json.loads(subprocess.run(orden, capture_output=True, text=True, check=True, env=entorno).stdout)
    notas = {nombre: 100 * informe["categories"][nombre]["score"] for nombre in MINIMOS}
    malas = [a["id"] for a in informe["audits"].values() if a["score"] is not None and a["score"] < 0.9]
    return notas | {"fallas": malas}


DEL_SITIO = {"enlaces": enlaces, "peso": peso, "html": html, "lighthouse": lighthouse}
# f() -> lista de lo que no se cumplió: cada una arma y sirve lo que mide.
APARTE = {
    "arco": arco.medir,
    "boletin": boletin.medir,
    "busqueda": busqueda.medir,
    "correo": correo.medir,
    "cupos": cupos.medir,
    "importar": importar.medir,
    "mesa": mesa.medir,
    "rastro": rastro.medir,
    "tokens": tokens.medir,
}


def main(pedidas) -> int:
    pedidas = pedidas or [*DEL_SITIO, *APARTE]
    faltas = []
    if del_sitio := [nombre for nombre in pedidas if nombre in DEL_SITIO]:
        with portal() as direccion:
            paginas = list(recorrer(direccion))
            for nombre in del_sitio:
                faltas += DEL_SITIO[nombre](direccion, paginas)
    for nombre in pedidas:
        faltas += APARTE[nombre]() if nombre in APARTE else []
    for falta in faltas:
        print(f"✗ {falta}", file=sys.stderr)
    return 1 if faltas else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
