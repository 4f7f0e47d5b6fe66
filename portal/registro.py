"""Lo que el servidor escribe cuando algo falla no lleva datos de nadie (ADR 0029)."""

import logging
import re

from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from custodia.tapar import TAPADO, tapar_texto

# PostgreSQL dice el valor que se repite: «Key (tipo_documento, numero_documento)=(pasaporte, AB1234) already exists».
REPETIDO = re.compile(r"(\([\w, ()]+\))=\([^)\n]*\)")


def sin_datos(texto: str) -> str:
    return tapar_texto(REPETIDO.sub(rf"\1=({TAPADO})", texto))


class SinDatosPersonales(logging.Formatter):
    """Tapa documentos, correos y teléfonos de cada línea, también los que trae el texto de una excepción."""

    def format(self, record):
        return sin_datos(super().format(record))


class Informe(ExceptionReporter):
    """El que se manda a los administradores, si los hay."""

    def get_traceback_text(self):
        return sin_datos(super().get_traceback_text())

    def get_traceback_html(self):
        return sin_datos(super().get_traceback_html())


class InformeSinDatos(SafeExceptionReporterFilter):
    """El informe de una falla dice dónde y por qué, no qué escribió la persona ni qué guardaba cada variable."""

    def is_active(self, request):
        return True

    def get_post_parameters(self, request):
        return dict.fromkeys(getattr(request, "POST", {}), self.cleansed_substitute)

    def get_traceback_frame_variables(self, request, tb_frame):
        return [(nombre, self.cleansed_substitute) for nombre in tb_frame.f_locals]
