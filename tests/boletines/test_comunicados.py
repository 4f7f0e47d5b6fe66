"""Los comunicados oficiales: vigentes primero, con archivo y filtro por sistema (R111)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from boletines.models import ComunicadoPage
from tests.boletines.conftest import nuevo_comunicado
from tests.fabricas import SistemaFactory

pytestmark = pytest.mark.django_db

AYER = timezone.localdate() - dt.timedelta(days=1)
MANANA = timezone.localdate() + dt.timedelta(days=1)


def test_los_vigentes_van_antes_que_el_archivo(client, lista):
    nuevo_comunicado(lista, "Plazo vencido", vigente_hasta=AYER)
    nuevo_comunicado(lista, "Sin vencimiento", fecha=dt.date(2020, 1, 1))
    nuevo_comunicado(lista, "Por vencer", vigente_hasta=MANANA)
    pagina = client.get("/comunicados/").content.decode()
    lugares = [pagina.index(x) for x in ("Vigentes", "Por vencer", "Sin vencimiento", "Archivo", "Plazo vencido")]
    assert lugares == sorted(lugares)


def test_un_comunicado_con_fecha_futura_espera_su_dia(client, lista):
    nuevo_comunicado(lista, "De mañana", fecha=MANANA)
    assert "De mañana" not in client.get("/comunicados/").content.decode()
    assert list(ComunicadoPage.objects.vigentes(en=MANANA).values_list("title", flat=True)) == ["De mañana"]


def test_se_filtran_por_sistema(client, lista):
    presupuesto = SistemaFactory()
    nuevo_comunicado(lista, "De presupuesto", sistema=presupuesto)
    nuevo_comunicado(lista, "De otro")
    pagina = client.get("/comunicados/", {"sistema": presupuesto.slug}).content.decode()
    assert "De presupuesto" in pagina
    assert "De otro" not in pagina


@pytest.mark.parametrize(
    "consulta", ["sistema=no-existe", "sistema=%00", "pagina=999999999999", "pagina=%00", "pagina=x"]
)
def test_una_consulta_disparatada_muestra_la_lista(client, lista, consulta):
    nuevo_comunicado(lista)
    respuesta = client.get(f"/comunicados/?{consulta}")
    assert respuesta.status_code == 200
    assert "Cierre del SIAF" in respuesta.content.decode()


def test_el_archivo_se_reparte_en_paginas_que_conservan_el_filtro(client, lista):
    sistema = SistemaFactory()
    for n in range(13):
        nuevo_comunicado(lista, f"Comunicado {n}", sistema=sistema, vigente_hasta=AYER)
    assert "?sistema=presupuesto&amp;pagina=2" in client.get("/comunicados/?sistema=presupuesto").content.decode()


def test_la_pagina_de_un_comunicado_vencido_avisa_que_ya_no_rige(client, lista):
    vencido = nuevo_comunicado(lista, vigente_hasta=AYER)
    pagina = client.get(vencido.url).content.decode()
    assert "ya no rige" in pagina
    assert "Texto completo" in pagina


def test_un_comunicado_no_vence_antes_de_su_fecha(lista):
    with pytest.raises(ValidationError, match="No puede vencer antes"):
        nuevo_comunicado(lista, fecha=MANANA, vigente_hasta=AYER)


def test_un_borrador_de_comunicado_es_un_404(client, lista):
    borrador = nuevo_comunicado(lista, live=False)
    assert client.get(borrador.url).status_code == 404


def test_el_rss_lleva_solo_los_vigentes(client, lista):
    nuevo_comunicado(lista, "Vigente")
    nuevo_comunicado(lista, "Vencido", vigente_hasta=AYER)
    rss = client.get("/comunicados/rss/").content.decode()
    assert "Vigente</title>" in rss
    assert "Vencido" not in rss
