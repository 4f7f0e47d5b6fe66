"""La portada de la intranet y la guía de estilo. El mural, las normas y los sinónimos son registros."""

from .quien import PERSONAL, grupo

ACCESOS = [
    grupo("wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles", PERSONAL),
    grupo("estilo estilo_intranet estilo_correo estilo_pdf", PERSONAL),
]
