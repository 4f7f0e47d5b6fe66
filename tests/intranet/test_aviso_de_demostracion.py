"""Nadie confunde una demostración con el portal oficial, tampoco quien entra a la intranet."""

import pytest

from organizacion.models import AjustesPortal

pytestmark = pytest.mark.django_db
AVISO = "Sitio de demostración; no es un portal oficial del MEF"
PANTALLAS = [
    "/intranet/",
    "/intranet/capacitaciones/",
    "/intranet/capacitaciones/nueva/",
    "/intranet/account/",
    "/intranet/no-existe/",
]
SIN_ENTRAR = ["/acceso/entrar/", "/acceso/olvide/"]


@pytest.mark.parametrize("es_demostracion", [True, False])
@pytest.mark.parametrize("url", [*SIN_ENTRAR, *PANTALLAS])
def test_toda_pantalla_lo_dice_solo_en_una_demostracion(client, inicio, coordinadora, url, es_demostracion):
    AjustesPortal.objects.update_or_create(defaults={"es_demostracion": es_demostracion})
    if url in PANTALLAS:
        client.force_login(coordinadora)

    assert (AVISO in client.get(url).content.decode()) is es_demostracion
