"""La documentación dice la verdad: lo que nombra existe, y lo que existe y debe nombrarse está nombrado."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

RAIZ = Path(settings.BASE_DIR)
DOCS = RAIZ / "docs"
PAGINAS = sorted([*DOCS.rglob("*.md"), *(RAIZ / f"{n}.md" for n in ("README", "CONTRIBUTING", "CHANGELOG"))])
APPS = (
    *("portal", "demo", "intranet", "home", "boletines", "eventos"),
    *("directorio", "acceso", "correo", "custodia", "organizacion", "comun", "tests"),
)
CARPETAS = (*APPS, "templates", "herramientas", "docs")

BLOQUE = re.compile(r"^```.*?^```", re.M | re.S)
CODIGO = re.compile(r"`([^`\n]+)`")
PUNTOS = re.compile(rf"({'|'.join(APPS)})(\.\w+)+(\(\))?")
RUTA = re.compile(r"[\w.-]+(/[\w.-]*)+|[\w-]+\.(md|toml|in|txt|sh|py|html|css|csv)|Makefile")
ESTADOS = {"construida", "en parte", "no construida", "no es del portal"}


def nombre(pagina):
    return str(pagina.relative_to(RAIZ))


@cache
def nombres_de_pruebas() -> frozenset[str]:
    textos = (ruta.read_text(encoding="utf-8") for ruta in (RAIZ / "tests").rglob("*.py"))
    return frozenset(n for texto in textos for n in re.findall(r"^def (test_\w+)", texto, re.M))


@cache
def nombres_de_archivos() -> frozenset[str]:
    sueltos = (ruta for ruta in RAIZ.glob("*") if ruta.is_file())
    return frozenset(r.name for r in (*sueltos, *(r for c in CARPETAS for r in (RAIZ / c).rglob("*.*"))))


def existe_nombre(punteado: str) -> bool:
    """Si ``app.modulo.Clase.atributo`` se puede alcanzar."""
    partes = punteado.removesuffix("()").split(".")
    for corte in range(len(partes), 0, -1):
        try:
            objeto = import_module(".".join(partes[:corte]))
        except ModuleNotFoundError:
            continue
        for parte in partes[corte:]:
            if not hasattr(objeto, parte):
                return False
            objeto = getattr(objeto, parte)
        return True
    return False


def existe_ruta(ruta: str) -> bool:
    """Una ruta desde la raíz o desde docs/; un nombre sin carpeta, en cualquier lugar. Lo de var/ lo crea el portal."""
    if ruta.startswith(("var/", "VAR_DIR/", ".venv/")):
        return True
    en_su_lugar = (RAIZ / ruta).exists() or (DOCS / ruta).exists()
    return en_su_lugar or ("/" not in ruta and ruta in nombres_de_archivos())


def falsedades(texto: str) -> list[str]:
    """Lo que ``texto`` nombra como código y no existe."""
    faltan = []
    for codigo in CODIGO.findall(BLOQUE.sub("", texto)):
        if re.fullmatch(r"test_\w+", codigo):
            vale = codigo in nombres_de_pruebas()
        elif RUTA.fullmatch(codigo):
            vale = existe_ruta(codigo)
        elif PUNTOS.fullmatch(codigo):
            vale = existe_nombre(codigo)
        else:
            continue
        faltan += [] if vale else [codigo]
    return faltan


def ordenes(texto: str, patron: str) -> set[str]:
    en_codigo = [*BLOQUE.findall(texto), *CODIGO.findall(BLOQUE.sub("", texto))]
    return {orden for trozo in en_codigo for orden in re.findall(patron, trozo)}


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_todo_lo_que_se_nombra_como_codigo_existe(pagina):
    assert falsedades(pagina.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "inventado",
    [
        "test_r999_no_existe",
        "eventos.cifras.inventadas",
        "eventos.models.Capacitacion.precio",
        "comun/nada.py",
        "nada.md",
    ],
)
def test_control_lo_inventado_se_nota(inventado):
    assert falsedades(f"Está en `{inventado}`.") == [inventado]


def test_control_lo_cierto_no_se_objeta():
    cierto = ["eventos.models.Capacitacion.Tipo", "correo.plantillas.componer()", "docs/adr/", "Makefile", "medio.py"]
    assert falsedades(" ".join(f"`{codigo}`" for codigo in cierto)) == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_los_enlaces_entre_paginas_llegan(pagina):
    enlaces = re.findall(r"\]\(([^)#\s]+)\)", pagina.read_text(encoding="utf-8"))
    rotos = [e for e in enlaces if not e.startswith("http") and not (pagina.parent / e).exists()]
    assert rotos == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_cada_orden_de_make_y_de_manage_existe(pagina):
    texto = pagina.read_text(encoding="utf-8")
    objetivos = set(re.findall(r"^([a-z-]+):", (RAIZ / "Makefile").read_text(encoding="utf-8"), re.M))
    assert ordenes(texto, r"\bmake ([a-z-]+)") <= objetivos
    assert ordenes(texto, r"manage\.py (\w+)") <= get_commands().keys()


def test_make_explica_cada_objetivo():
    lineas = (RAIZ / "Makefile").read_text(encoding="utf-8").splitlines()
    objetivos = {linea.split(":")[0] for linea in lineas if re.match(r"[a-z-]+:.*## ", linea)}
    phony = next(linea for linea in lineas if linea.startswith(".PHONY"))
    assert objetivos == set(phony.split(":")[1].split())


def variables_leidas() -> set[str]:
    """Las variables de entorno que leen los ajustes de local y producción."""
    leidas = set()
    for archivo in ("base", "acceso", "datos", "local", "produccion", "exigencias"):
        arbol = ast.parse((RAIZ / f"portal/settings/{archivo}.py").read_text(encoding="utf-8"))
        for nodo in (n for n in ast.walk(arbol) if isinstance(n, ast.Call)):
            funcion = ast.unparse(nodo.func)
            if funcion == "dj_database_url.config":
                leidas.add("DATABASE_URL")
            primero = nodo.args[0] if nodo.args else None
            if funcion in {"os.environ.get", "es_cierto", "os.getenv", "entorno.get"} and isinstance(
                primero, ast.Constant
            ):
                leidas.add(primero.value)
    return leidas


def test_operacion_nombra_cada_variable_de_entorno_y_ninguna_de_mas():
    texto = (DOCS / "operacion.md").read_text(encoding="utf-8")
    tabla = texto.split("## Variables de entorno")[1].split("\n## ")[0]
    celdas = re.findall(r"^\| (`[^|]+) \|", tabla, re.M)
    assert {v for celda in celdas for v in CODIGO.findall(celda)} == variables_leidas()


def test_cada_decision_esta_en_su_indice_con_su_titulo_y_numerada_sin_huecos():
    decisiones = sorted(DOCS.glob("adr/[0-9]*.md"))
    indice = (DOCS / "adr/README.md").read_text(encoding="utf-8")
    assert [d.name[:4] for d in decisiones] == [f"{n:04}" for n in range(1, len(decisiones) + 1)]
    assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", indice) == [d.name for d in decisiones]


def test_cada_adr_que_se_cita_existe():
    archivos = [r for c in CARPETAS for r in (RAIZ / c).rglob("*") if r.suffix in {".py", ".md", ".html"}]
    citados = {n for ruta in archivos for n in re.findall(r"ADR (\d{4})", ruta.read_text(encoding="utf-8"))}
    assert citados
    assert citados <= {ruta.name[:4] for ruta in DOCS.glob("adr/*.md")}


def test_el_readme_se_lee_de_una_vez():
    assert len((RAIZ / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


# --- docs/reglas ---


def numeros(celda: str) -> list[int]:
    """«R5–R7» → 5, 6, 7; «R10» → 10."""
    limites = [int(n) for n in re.findall(r"R(\d+)", celda)]
    return list(range(limites[0], limites[-1] + 1))


def estados() -> dict[int, str]:
    indice = (DOCS / "reglas/README.md").read_text(encoding="utf-8")
    filas = re.findall(r"^\| (R\d+(?:–R\d+)?) \| ([^|]+) \|", indice, re.M)
    pares = [(n, estado.strip()) for celda, estado in filas for n in numeros(celda)]
    assert len(pares) == len(dict(pares)), "una regla está dos veces en el índice"
    return dict(pares)


def filas_de_reglas() -> list[tuple[int, str]]:
    """Pares (número, fila entera) de las páginas por grupo."""
    paginas = [p for p in DOCS.glob("reglas/*.md") if p.name != "README.md"]
    textos = "\n".join(p.read_text(encoding="utf-8") for p in paginas)
    return [(int(n), fila) for fila, n in re.findall(r"^(\| R(\d+) \|.*)$", textos, re.M)]


def test_el_indice_dice_el_estado_de_las_119_reglas():
    assert sorted(estados()) == list(range(1, 120))
    assert set(estados().values()) == ESTADOS


def test_el_indice_cuenta_bien_lo_construido():
    valores = list(estados().values())
    dice = f"{valores.count('construida')} reglas construidas y {valores.count('en parte')} en parte"
    assert dice in (DOCS / "reglas/README.md").read_text(encoding="utf-8")


def test_lo_construido_tiene_su_fila_con_codigo_y_prueba_y_lo_demas_no():
    con_fila = {n for n, _ in filas_de_reglas()}
    assert con_fila == {n for n, estado in estados().items() if estado in {"construida", "en parte"}}
    for numero, fila in filas_de_reglas():
        _, _, _, donde, pruebas, _ = fila.split("|")
        assert CODIGO.findall(donde), f"R{numero} no dice dónde"
        assert re.findall(r"`test_\w+`", pruebas), f"R{numero} no dice qué prueba lo muestra"


# R42 y R26 se nombran solo de paso: la fuerza mayor que R67 no trae, y a quién presta un rol quien coordina.
CITADAS_DE_PASO = {26, 42}


def test_el_codigo_no_dice_cumplir_una_regla_que_el_indice_niega():
    archivos = [r for c in CARPETAS for r in (RAIZ / c).rglob("*") if r.suffix in {".py", ".html"}]
    archivos.remove(Path(__file__))
    citadas = {int(n) for ruta in archivos for n in re.findall(r"\bR(\d{1,3})\b", ruta.read_text(encoding="utf-8"))}
    construidas = {n for n, _ in filas_de_reglas()}
    assert len(citadas) > 20
    assert citadas - construidas - CITADAS_DE_PASO == set()
