"""El directorio de un CONECTAMEF para la carpeta (R48, R83, R103): a quién llamar y por qué anexo."""

from django.utils import timezone

from comun.pdf import pdf_desde_plantilla
from directorio.models import Personal
from organizacion.models import AjustesPortal, Centro


def pdf(centro: Centro) -> bytes:
    """Los octetos del directorio, con el mismo personal que figura en la web."""
    personal = Personal.objects.publicos().filter(centro=centro).select_related("sistema").por_cargo()
    contexto = {
        "ajustes": AjustesPortal.load(),
        "centro": centro,
        "personal": personal,
        "hoy": timezone.localdate(),
    }
    return pdf_desde_plantilla("eventos/documentos/directorio.html", contexto)
