"""Los archivos de la edición van a la OGTI, una sola vez (R110)."""

import base64
import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone

from boletines.actions import ogti
from boletines.actions.remision import remitir
from boletines.models import Edicion
from correo.models import Envio
from organizacion.models import AjustesPortal

pytestmark = pytest.mark.django_db
OGTI = "ogti@mef.example"


@pytest.fixture
def remitida(edicion, cusco, comunicaciones):
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"correo_ogti": OGTI})
    del_mes = Edicion.objects.create(anio=2026, mes=10)
    remitir(edicion=del_mes, por=comunicaciones)
    return Edicion.objects.get()


def envio_a_ogti():
    return Envio.objects.get(clave__startswith="boletin-ogti")


def test_al_remitir_salen_el_pdf_nacional_y_un_zip_con_los_de_los_centros(
    edicion, cusco, comunicaciones, django_capture_on_commit_callbacks
):
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"correo_ogti": OGTI})
    del_mes = Edicion.objects.create(anio=2026, mes=10)
    with django_capture_on_commit_callbacks(execute=True):
        remitir(edicion=del_mes, por=comunicaciones)
    pdf, archivos = envio_a_ogti().adjuntos
    assert pdf["nombre"] == "boletin-2026-10.pdf"
    assert base64.b64decode(pdf["contenido"]).startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(archivos["contenido"]))) as comprimido:
        assert comprimido.namelist() == ["boletin-2026-10-cusco.pdf"]
    assert [e.direccion for e in envio_a_ogti().entregas.all()] == [OGTI]


def test_se_manda_una_sola_vez(remitida):
    assert ogti.enviar_a_ogti(edicion=remitida)
    assert ogti.enviar_a_ogti(edicion=remitida) is None  # con la fila vieja en la mano
    assert ogti.enviar_a_ogti(edicion=Edicion.objects.get()) is None
    assert Envio.objects.filter(clave__startswith="boletin-ogti").count() == 1


def test_sin_direccion_no_se_manda_y_nada_se_detiene(remitida):
    AjustesPortal.objects.update(correo_ogti="")
    assert ogti.enviar_a_ogti(edicion=remitida) is None
    assert remitida.remitida_en
    assert Edicion.objects.get().ogti_en is None


@pytest.mark.parametrize(("tope", "cuantos"), [(10**9, 2), (20_000, 1), (1, 0)])
def test_lo_que_no_cabe_va_como_enlace(remitida, monkeypatch, tope, cuantos):
    monkeypatch.setattr(ogti, "TOPE", tope)
    monkeypatch.setattr(ogti, "pdf_de", lambda *args: b"%PDF" + b"x" * 10_000)
    ogti.enviar_a_ogti(edicion=remitida)
    envio = envio_a_ogti()
    assert len(envio.adjuntos) == cuantos
    assert ("/boletines/2026-10/cusco/pdf/" in envio.texto) == (cuantos < 2)


def test_la_vuelta_periodica_retoma_lo_que_la_tarea_no_hizo(remitida):
    assert ogti.archivos_a_ogti() == ""  # la tarea aún puede estar en eso
    Edicion.objects.update(remitida_en=timezone.now() - dt.timedelta(hours=1))
    assert "octubre de 2026" in ogti.archivos_a_ogti()
    assert ogti.archivos_a_ogti() == ""
