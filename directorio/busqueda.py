"""Los centros y su personal en el buscador del portal."""

from comun.registros import fuentes_de_busqueda
from comun.relevancia import candidatas, mas_relevantes

from .models import CentroPage, Personal


@fuentes_de_busqueda.anotar
def buscar_centros(consulta: str, limite: int) -> list[dict]:
    paginas = CentroPage.objects.live().public().con_centro()
    return mas_relevantes(paginas, consulta, _ficha_de_centro, limite)


@fuentes_de_busqueda.anotar
def buscar_personal(consulta: str, limite: int) -> list[dict]:
    """Solo quienes figuran en la web y por lo que la web muestra: nombre, cargo y centro."""
    publicos = Personal.objects.publicos().filter(centro__pagina__live=True).select_related("centro__pagina", "sistema")
    return mas_relevantes(candidatas(publicos, consulta), consulta, _ficha_de_personal, limite)


def _ficha_de_centro(pagina: CentroPage) -> dict:
    atiende = ", ".join(pagina.centro.departamentos)
    antes = ", ".join(pagina.centro.nombres_de_antes)
    partes = (
        f"Antes: {antes}" if antes else "",
        pagina.centro.direccion,
        f"Atiende: {atiende}" if atiende else "",
        pagina.introduccion,
    )
    return {
        "tipo": "Centros",
        "titulo": pagina.title,
        "url": pagina.url,
        "fecha": None,
        "texto": ". ".join(parte.rstrip(".") for parte in partes if parte),
    }


def _ficha_de_personal(personal: Personal) -> dict:
    return {
        "tipo": "Personal de los centros",
        "titulo": str(personal),
        "url": f"{personal.centro.pagina.url}#personal",
        "fecha": None,
        "texto": f"{personal.cargo_completo}, {personal.centro.nombre_completo}",
    }
