"""La carpeta del participante en un solo PDF (R83): carátula, índice, programa, encuesta, directorio, presentaciones.

Lo unido no es PDF/UA: cada parte se baja también por separado.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from comun.pdf import pdf_desde_plantilla
from comun.pdf_unido import paginas_de, unir
from comun.subidas import leer_pdf
from directorio import documento as directorio
from eventos.models import Capacitacion, Material
from organizacion.models import AjustesPortal

from . import anexo5, anexo7

PROGRAMA, ENCUESTA, DIRECTORIO = "programa", "encuesta", "directorio"
TOPE_OCTETOS = 60 * 1024 * 1024  # de las presentaciones juntas
TOPE_PAGINAS = 400


@dataclass
class Parte:
    """``porque``: por qué no va en el PDF y se entrega aparte; «» si va."""

    clave: str
    titulo: str
    porque: str = ""
    material: Material | None = None


@dataclass
class _Armado:
    """Lo que se va reuniendo: cada entrada es (título, octetos, páginas)."""

    dentro: list[tuple[str, bytes, int]] = field(default_factory=list)
    aparte: list[tuple[str, str]] = field(default_factory=list)
    octetos: int = 0

    @property
    def paginas(self) -> int:
        return sum(paginas for _, _, paginas in self.dentro)

    def agregar(self, titulo: str, pdf: bytes) -> None:
        self.dentro.append((titulo, pdf, paginas_de(pdf)))


def partes_de(capacitacion: Capacitacion) -> list[Parte]:
    """Lo que la carpeta puede llevar, en orden: sin encuesta en la informativa (R57) ni directorio si no hay centro."""
    partes = [Parte(PROGRAMA, "Programa (Anexo 5)")]
    if capacitacion.lleva_encuesta:
        partes.append(Parte(ENCUESTA, "Encuesta en blanco (Anexo 7)"))
    if capacitacion.centro_id:
        partes.append(Parte(DIRECTORIO, f"Directorio del {capacitacion.centro.nombre_completo}"))
    return partes + [_de_material(material) for material in capacitacion.materiales.all()]


def _de_material(material) -> Parte:
    porque = "" if material.formato == "PDF" else f"Es un archivo {material.formato}, no un PDF."
    return Parte(f"material-{material.pk}", material.titulo, porque, material)


def pdf(capacitacion: Capacitacion, claves: Collection[str]) -> bytes:
    """Los octetos de la carpeta con las partes de ``claves``; lo que no se puede unir se lista aparte en el índice."""
    armado = _Armado()
    for parte in partes_de(capacitacion):
        if parte.porque:
            armado.aparte.append((parte.titulo, parte.porque))
        elif parte.clave in claves:
            _sumar(armado, capacitacion, parte)
    caratula = _caratula(capacitacion, armado, 1)
    if (ocupa := paginas_de(caratula)) > 1:
        caratula = _caratula(capacitacion, armado, ocupa)
    partes = [("Carátula e índice", caratula), *((titulo, octetos) for titulo, octetos, _ in armado.dentro)]
    return unir(partes, titulo=f"Carpeta – {capacitacion}", rotulo="Carpeta, página")


def _sumar(armado: _Armado, capacitacion, parte: Parte) -> None:
    if parte.clave == PROGRAMA:
        armado.agregar(parte.titulo, anexo5.pdf(capacitacion))
    elif parte.clave == ENCUESTA:
        armado.agregar(parte.titulo, anexo7.pdf(capacitacion))
    elif parte.clave == DIRECTORIO:
        armado.agregar(parte.titulo, directorio.pdf(capacitacion.centro))
    elif porque := _sumar_material(armado, parte.material):
        armado.aparte.append((parte.titulo, porque))


def _sumar_material(armado: _Armado, material: Material) -> str:
    """Lo agrega, o dice por qué no cabe."""
    if armado.octetos + material.octetos > TOPE_OCTETOS:
        return "Con él la carpeta pesaría demasiado."
    try:
        with material.archivo.open() as archivo:
            octetos = leer_pdf(archivo)
    except (ValidationError, FileNotFoundError):
        return "El archivo está dañado, tiene clave o no se encuentra."
    if armado.paginas + paginas_de(octetos) > TOPE_PAGINAS:
        return f"Con él la carpeta pasaría de {TOPE_PAGINAS} páginas."
    armado.octetos += len(octetos)
    armado.agregar(material.titulo, octetos)
    return ""


def _caratula(capacitacion, armado: _Armado, ocupa: int) -> bytes:
    """``ocupa``: las páginas de la propia carátula, desde donde se cuenta."""
    indice, pagina = [], ocupa + 1
    for titulo, _, paginas in armado.dentro:
        indice.append((titulo, pagina))
        pagina += paginas
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": capacitacion,
        "indice": indice,
        "aparte": armado.aparte,
    }
    return pdf_desde_plantilla("eventos/documentos/carpeta.html", contexto)
