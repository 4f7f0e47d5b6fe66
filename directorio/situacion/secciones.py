"""Los bloques de la ficha situacional en la ficha de una entidad."""

from .consulta import indicadores_de, temas_de
from .forms import TemaForm, ValorForm


def bloques_de_situacion(usuario, entidad, *, puede_cambiar: bool) -> list[dict]:
    comun = {"entidad": entidad, "puede_cambiar": puede_cambiar}
    return [
        {
            "titulo": "Indicadores de gestión",
            "plantilla": "directorio/situacion/indicadores.html",
            "contexto": {**comun, "indicadores": indicadores_de(entidad), "form": ValorForm()},
        },
        {
            "titulo": "Temas de interés",
            "plantilla": "directorio/situacion/temas.html",
            "contexto": {**comun, "temas": temas_de(usuario, entidad), "form": TemaForm()},
        },
    ]
