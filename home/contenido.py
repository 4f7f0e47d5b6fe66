"""Servicios, preguntas frecuentes, normas y sinónimos con que nace el portal. Cada parte se carga una sola vez.

Una sección que ya existe no se toca: lo que un editor cambió, agregó o quitó se queda como lo dejó.
"""

import tomllib
from pathlib import Path

from comun.datos import leer_csv
from organizacion.models import Sistema

from .models import (
    BibliotecaPage,
    Norma,
    PaginaEstandar,
    PreguntasFrecuentesPage,
    ServicioPage,
    ServiciosIndexPage,
    Sinonimo,
)

DATOS = Path(__file__).parent / "datos"
ESCRITO = "como-presentar-su-escrito"


def cargar_contenido(inicio) -> None:
    """Crea bajo ``inicio`` las secciones que falten y, si no hay ninguno, los sinónimos."""
    if not ServiciosIndexPage.objects.exists():
        _cargar_servicios(inicio)
    if not PreguntasFrecuentesPage.objects.exists():
        _cargar_preguntas(inicio)
    if not BibliotecaPage.objects.exists():
        _cargar_biblioteca(inicio)
    if not Sinonimo.objects.exists():
        filas = leer_csv(DATOS / "sinonimos.csv", ("termino", "equivale_a"))
        Sinonimo.objects.bulk_create(Sinonimo(**fila) for _, fila in filas)


def _leer(nombre: str) -> dict:
    return tomllib.loads((DATOS / nombre).read_text(encoding="utf-8"))


def _cargar_servicios(inicio) -> None:
    """Los cuatro servicios (R9) y «Cómo presentar su escrito» (R33), que ellos enlazan."""
    datos = _leer("servicios.toml")
    indice = ServiciosIndexPage(slug="servicios", title="Servicios", introduccion=datos["introduccion"])
    inicio.add_child(instance=indice)
    for servicio in datos["servicio"]:
        indice.add_child(instance=_servicio(servicio))
    if not PaginaEstandar.objects.filter(slug=ESCRITO).exists():
        cuerpo = (DATOS / f"{ESCRITO}.html").read_text(encoding="utf-8")
        resumen = "A quién dirigirlo, qué debe tener y dónde se presenta."
        pagina = PaginaEstandar(slug=ESCRITO, title="Cómo presentar su escrito", resumen=resumen, cuerpo=cuerpo)
        inicio.add_child(instance=pagina)


def _servicio(datos: dict) -> ServicioPage:
    return ServicioPage(
        slug=datos["slug"],
        title=datos["titulo"],
        resumen=datos["resumen"],
        descripcion=datos["descripcion"].strip(),
        a_quien=datos["a_quien"],
        requisitos=datos["requisitos"].strip(),
        modalidades=[("modalidad", modalidad) for modalidad in datos["modalidad"]],
        enlaces=[("enlace", {"pagina": None, **enlace}) for enlace in datos["enlace"]],
    )


def _cargar_preguntas(inicio) -> None:
    temas = [
        ("tema", {"titulo": tema["titulo"], "preguntas": tema["pregunta"]}) for tema in _leer("preguntas.toml")["tema"]
    ]
    resumen = "Lo que más se pregunta sobre las capacitaciones, las consultas, los trámites y el boletín."
    pagina = PreguntasFrecuentesPage(
        slug="preguntas-frecuentes", title="Preguntas frecuentes", resumen=resumen, temas=temas
    )
    inicio.add_child(instance=pagina)


def _cargar_biblioteca(inicio) -> None:
    introduccion = "Las normas de los sistemas administrativos del sector público, para buscarlas en un solo lugar."
    inicio.add_child(instance=BibliotecaPage(slug="normas", title="Biblioteca normativa", introduccion=introduccion))
    sistemas = {sistema.slug: sistema for sistema in Sistema.objects.all()}
    for datos in _leer("normas.toml")["norma"]:
        sistema = sistemas.get(datos.pop("sistema", ""))
        Norma.objects.get_or_create(numero=datos.pop("numero"), defaults={**datos, "sistema": sistema})
