"""La versión de lo que el público ve: quien publica, reprograma o cancela la sube y la caché se renueva."""

from django.db.models import F

from .models import VersionPublica


def version_publica() -> int:
    """El número vigente; una consulta por llave primaria."""
    return VersionPublica.objects.filter(pk=1).values_list("numero", flat=True).first() or 0


def subir_version_publica() -> None:
    """Lo ya guardado en la caché pública deja de servirse. Dentro de una transacción, vale al confirmarse."""
    if not VersionPublica.objects.filter(pk=1).update(numero=F("numero") + 1):
        VersionPublica.objects.get_or_create(pk=1)
