"""Las direcciones del personal en Difusión, por tema; todas bajo /intranet/."""

from . import aportes, difusion, ediciones, suscriptores

urlpatterns = [
    *aportes.urlpatterns,
    *difusion.urlpatterns,
    *ediciones.urlpatterns,
    *suscriptores.urlpatterns,
]
