"""Lo que el código no hace, leído del código: ejecutar texto, armar SQL, abrirse a otros sitios (docs/asvs.csv)."""

import ast
import re
from pathlib import Path

from tests.nginx import RAIZ

APPS = sorted(ruta.parent.name for ruta in RAIZ.glob("*/apps.py")) + ["portal"]
EJECUTA = {
    "eval",
    "exec",
    "compile",
    "os.system",
    "os.popen",
    "pickle.loads",
    "pickle.load",
    "yaml.load",
    "marshal.loads",
}
PROCESOS = {"subprocess", "pickle", "marshal", "shelve", "pty"}
SQL = {"raw", "extra", "execute", "executemany", "RawSQL"}
CON_SQL = {
    "comun/hallar.py",
    "comun/indice.py",
    "correo/libro.py",
    "custodia/cadena.py",
    "custodia/guardas.py",
    "eventos/boletas.py",
    "home/salud.py",
}
SEGURO = {
    "boletines/templatetags/boletin.py",
    "comun/templatetags/social.py",
    "comun/templatetags/datos_estructurados.py",
    "eventos/templatetags/eventos.py",
    "intranet/estilo.py",
    "intranet/views.py",
}
PLANTILLAS_SEGURAS = {
    "templates/boletines/correo/informativo.html",
    "templates/boletines/correo/comunicado.html",
    "templates/eventos/feed/contenido.html",
}
SIN_CSRF = {
    "boletines/views/preferencias.py",
    "boletines/views/suscripcion.py",
    "boletines/views/bajas.py",
    "correo/proveedor.py",
}
CON_CORS = {"eventos/views/feeds.py", "eventos/views/abierta.py"}
CON_HTML = {
    "portal/static/js/colegas.js",
    "eventos/static/eventos/filas.js",
    "eventos/static/eventos/mesa/pantalla.js",
    "home/static/home/mural.js",
    "correo/static/correo/avance.js",
}


def archivos(extension: str) -> list[Path]:
    hallados = [ruta for app in APPS for ruta in (RAIZ / app).rglob(f"*.{extension}")]
    assert len(hallados) > 20
    return hallados


def corto(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).as_posix()


def llamadas(ruta: Path):
    arbol = ast.parse(ruta.read_text(encoding="utf-8"))
    return [(ast.unparse(nodo.func), nodo) for nodo in ast.walk(arbol) if isinstance(nodo, ast.Call)]


def con(patron: str, extension: str) -> set[str]:
    return {corto(ruta) for ruta in archivos(extension) if re.search(patron, ruta.read_text(encoding="utf-8"))}


def test_nada_ejecuta_texto_ni_lanza_procesos():
    malas = {corto(ruta) for ruta in archivos("py") for nombre, _ in llamadas(ruta) if nombre in EJECUTA}
    assert malas == set()
    assert con(rf"(?m)^(?:import|from) (?:{'|'.join(PROCESOS)})\b", "py") == set()


def test_el_sql_a_mano_esta_donde_se_sabe():
    propios = [ruta for ruta in archivos("py") if "migrations" not in ruta.parts]
    hallados = {corto(ruta) for ruta in propios for nombre, _ in llamadas(ruta) if nombre.rpartition(".")[2] in SQL}
    assert hallados == CON_SQL


def test_lo_que_se_da_por_seguro_son_los_casos_conocidos():
    assert con(r"\bmark_safe\(", "py") == SEGURO
    plantillas = [ruta for ruta in (RAIZ / "templates").rglob("*.html") if "intranet/estilo" not in ruta.as_posix()]
    con_safe = {corto(ruta) for ruta in plantillas if re.search(r"\{\{[^}]*\|safe\b", ruta.read_text(encoding="utf-8"))}
    assert con_safe - {"templates/components/campo.html"} == PLANTILLAS_SEGURAS
    assert not [corto(ruta) for ruta in plantillas if "autoescape off" in ruta.read_text(encoding="utf-8")]


def test_ningun_guion_ejecuta_texto_ni_estorba_a_quien_pega():
    assert con(r"\beval\(|new Function\(|document\.write\(|onpaste|[\"']paste[\"']|javascript:", "js") == set()


def test_ningun_guion_mete_html_fuera_de_los_conocidos():
    assert con(r"innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML", "js") == CON_HTML


def test_cors_y_csrf_se_abren_solo_donde_se_sabe():
    assert con("csrf_exempt", "py") == SIN_CSRF
    assert con("Access-Control-Allow-Origin", "py") == CON_CORS
    assert con("Access-Control-Allow-Credentials", "py") == set()


def test_solo_se_cifra_con_fernet_y_no_se_resume_con_md5():
    assert con(r"(?i)\bmd5\b|\bsha1\b|hazmat", "py") - {"portal/settings/test.py"} == set()
    assert con("from cryptography", "py") == {"acceso/cifrado.py"}


def test_lo_escondido_no_se_sirve():
    texto = (RAIZ / "docs/nginx.conf").read_text(encoding="utf-8")
    regla = re.search(r"location ~ (\S+) \{\s+return 404;", texto)[1]
    for ruta in ("/.git/config", "/static/.env", "/x/.svn/entries"):
        assert re.search(regla, ruta), ruta
    assert not re.search(regla, "/.well-known/security.txt")
