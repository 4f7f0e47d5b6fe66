"""El informe del evento (Anexo 8): los ocho puntos del formato, las fotos y un bloque por expositor."""

import base64
import io

from PIL import Image

from comun.pdf import pdf_desde_plantilla
from eventos.informe import cifras_a_mostrar, cuando_fue, diferencias
from eventos.models import Informe
from eventos.models.encuesta import ESCALA
from organizacion.models import AjustesPortal

LADO = 1100  # píxeles: media hoja a unos 150 por pulgada


def pdf(informe: Informe) -> bytes:
    """Los octetos del informe: con las cifras con que se presentó o, si aún se prepara, las de ahora."""
    return pdf_desde_plantilla("eventos/documentos/anexo8.html", _contexto(informe))


def _contexto(informe) -> dict:
    capacitacion = informe.capacitacion
    return {
        "ajustes": AjustesPortal.load(),
        "capacitacion": capacitacion,
        "informe": informe,
        "datos": cifras_a_mostrar(informe),
        "diferencias": diferencias(informe),
        "cuando": cuando_fue(capacitacion),
        "expositores": list(capacitacion.expositores.select_related("parte_de_informe")),
        "escala": ESCALA,
        "fotos": [(foto.descripcion, _incrustada(foto.archivo.leer())) for foto in _fotos(informe)],
    }


def _fotos(informe):
    return informe.fotos.select_related("archivo") if informe.pk else []


def _incrustada(foto: bytes) -> str:
    """La foto reducida, dentro del documento: el PDF no lee los archivos privados (``comun.pdf``)."""
    with Image.open(io.BytesIO(foto)) as imagen:
        imagen.draft("RGB", (LADO, LADO))  # JPEG: se lee ya reducida
        imagen.thumbnail((LADO, LADO))
        salida = io.BytesIO()
        imagen.save(salida, "JPEG", quality=78)
    return f"data:image/jpeg;base64,{base64.b64encode(salida.getvalue()).decode()}"
