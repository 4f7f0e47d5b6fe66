"""Un documento, un correo o un teléfono solo aparece donde dice la tabla rol × campo, y nunca en otra parte."""

import re
from collections import Counter
from html import unescape

import pytest
from django.urls import Resolver404, resolve, reverse

from comun import pdf
from custodia.campos import CAMPOS, DOCUMENTO, lo_ve
from directorio.importacion.campos import CAMPOS as COLUMNAS
from directorio.models import Importacion
from eventos.documentos import carpeta
from organizacion.models import Rol
from organizacion.models.rol import ROLES_DE_CENTRO

from .canarios import Bandada, entrar, por_donde_empezar, quienes

pytestmark = pytest.mark.django_db
AJENAS = re.compile(r"wagtail(?!admin_home$)|password|intranet_estilo|estilo|.*history|.*logout|.*_create$|.*chosen")
# La OGAUC alcanza toda pantalla y todo centro: los demás miran las que le mostraron algo, y lo abierto.
ABIERTAS = [
    *(f"/capacitaciones.{formato}" for formato in ("ics", "rss", "json")),
    "/datos-abiertos/capacitaciones.csv",
    "/boletines/rss/",
    "/noticias/rss/",
    "/sitemap.xml",
    "/mural/cusco/",
    "/centros/cusco/",
]
CON_EXPORTACION = [
    "inscripciones_modeladmin_index",
    "directorio_operador_modeladmin_index",
    "directorio_personal_modeladmin_index",
]
EN_DIRECCION = re.compile(r'(?:href|action|src|hx-\w+)="([^"]*)"')
POR_PANTALLA = 2  # direcciones de una misma pantalla: las de dos centros y dos estados


@pytest.fixture
def bandada(cusco, arequipa, monkeypatch):
    """Los PDF se quedan en el HTML de que salen: lo que se busca es texto, y componerlos tarda."""
    monkeypatch.setattr(pdf, "pdf_desde_html", lambda html: html.encode())
    monkeypatch.setattr(carpeta, "unir", lambda partes, **_: b"".join(contenido for _, contenido in partes))
    monkeypatch.setattr(carpeta, "paginas_de", lambda _: 1)
    return Bandada()


def pantalla(url) -> str:
    hallada = resolve(url.partition("?")[0])
    return hallada.view_name or hallada.route


def texto_de(respuesta) -> str:
    octetos = b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
    return octetos.decode("utf-8", "replace")


def recorrer(cliente, desde):
    """(dirección, respuesta, texto) de lo que se alcanza siguiendo enlaces, hasta ``POR_PANTALLA`` de cada una."""
    vistas, por_ver, cuantas = set(), sorted(desde), Counter()
    while por_ver:
        url = por_ver.pop()
        try:
            nombre = pantalla(url)
        except Resolver404:
            continue
        if url in vistas or cuantas[nombre] >= POR_PANTALLA or AJENAS.match(nombre):
            continue
        vistas.add(url)
        cuantas[nombre] += 1
        respuesta = cliente.get(url)
        texto = texto_de(respuesta)
        yield url, respuesta, texto
        if respuesta.status_code == 200 and "html" in respuesta.get("Content-Type", ""):
            enlaces = re.findall(r'(?:href|action|src)="(/intranet/[^"#]*)"', texto)
            por_ver += sorted({unescape(enlace) for enlace in enlaces})


class Vigia:
    """Anota cada lugar en que un canario aparece y dice cuáles no debían ser."""

    def __init__(self, bandada):
        self.bandada = bandada
        self.vistos: dict[tuple, set] = {}
        self.calientes: set[str] = set()
        self.fallas: set[str] = set()

    def mirar(self, rol, url, respuesta, texto):
        if respuesta.status_code >= 500:
            self.fallas.add(f"{rol}: {url} respondió {respuesta.status_code}")
        direcciones = " ".join([url, respuesta.get("Location", ""), *EN_DIRECCION.findall(texto)])
        for canario in self.bandada.canarios:
            for dato in canario.halla(texto):
                self.calientes.add(url)
                self._anotar(rol, dato, pantalla(url), canario)
            if canario.numero in direcciones:
                self.fallas.add(f"{rol}: un documento en una dirección de {pantalla(url)}")

    def pedir(self, rol, como, url, *datos):
        respuesta = como(url, *datos)
        self.mirar(rol, url, respuesta, texto_de(respuesta))

    def pares(self) -> set[tuple]:
        return {(dato, donde, rol) for (dato, donde), roles in self.vistos.items() for rol in roles}

    def _anotar(self, rol, dato, donde, canario):
        self.vistos.setdefault((dato, donde), set()).add(rol)
        if not lo_ve(dato, rol, donde):
            self.fallas.add(f"{rol} ve «{dato}» en {donde} ({canario.donde}), y la tabla no lo dice")
        if rol in ROLES_DE_CENTRO and canario.donde.endswith("Arequipa"):
            self.fallas.add(f"{rol} de Cusco ve «{dato}» en {donde}, de {canario.donde}")


def test_un_dato_personal_solo_aparece_donde_dice_la_tabla(bandada):
    vigia, cuentas = Vigia(bandada), quienes()
    for hallado in recorrer(entrar(cuentas[Rol.OGAUC]), por_donde_empezar(bandada)):
        vigia.mirar(Rol.OGAUC, *hallado)
    for rol, usuario in cuentas.items():
        cliente = entrar(usuario)
        urls = set() if rol == Rol.OGAUC else {"/intranet/", *vigia.calientes}
        if rol in ("anónimo", Rol.COORDINADOR):
            urls |= {*ABIERTAS, *bandada.publicas.values()}
        for url in sorted(urls):
            vigia.pedir(rol, cliente.get, url)
        for nombre in CON_EXPORTACION:
            vigia.pedir(
                rol, cliente.post, f"{reverse(nombre)}?export=csv", {"motivo": "Coordinar con los participantes."}
            )
        for tipo in Importacion.Tipo.values:
            columnas = [campo.nombre for campo in COLUMNAS[tipo]]
            datos = {"motivo": "Volver a subir la lista.", "columnas": columnas, "formato": "csv"}
            vigia.pedir(rol, cliente.post, reverse("directorio_exportar", args=[tipo]), datos)
        for clase, fila in bandada.con_documento:
            vigia.pedir(rol, cliente.post, reverse("custodia_documento", args=[clase, fila.pk]))
    assert sorted(vigia.fallas) == []
    assert sorted(declarados(DOCUMENTO) - vigia.pares()) == [], "La tabla dice de más"


def declarados(dato) -> set[tuple]:
    return {(dato, lugar.nombre, rol) for lugar in CAMPOS[dato] for rol in lugar.roles}
