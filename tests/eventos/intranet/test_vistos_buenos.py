"""El visto bueno en la papeleta de comisión de quien firmó su asistencia (R85)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from custodia.models import Huella
from eventos.actions import visto_bueno as acciones
from eventos.actions.visto_bueno import sellar
from eventos.documentos import vistos_buenos as documento
from eventos.models import Asistencia, Capacitacion, VistoBueno
from organizacion.models import Rol
from tests import personas
from tests.fabricas import AsistenciaFactory, InscripcionFactory
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

from .ayudas import de_hoy

pytestmark = pytest.mark.django_db


@pytest.fixture
def firmante(cusco):
    return AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=de_hoy())).inscripcion


def direccion(nombre, objeto):
    return reverse(f"eventos_intranet:{nombre}", args=[objeto.pk])


def test_r85_se_registra_a_quien_firmo_con_su_papeleta_quien_y_cuando(cliente, firmante, asistente):
    panel = cliente.get(direccion("panel", firmante.capacitacion)).text
    assert "Visto bueno en papeletas" in panel
    assert str(firmante) in cliente.get(direccion("vistos-buenos", firmante.capacitacion)).text

    cliente.post(direccion("visto-bueno-poner", firmante), {"papeleta": "N.° 123-2026"})

    sello = VistoBueno.objects.get()
    assert (sello.inscripcion, sello.papeleta, sello.sellado_por) == (firmante, "N.° 123-2026", asistente)
    assert sello.sellado_en
    assert "N.° 123-2026" in cliente.get(direccion("vistos-buenos", firmante.capacitacion)).text
    assert Huella.objects.filter(accion="poner visto bueno", usuario=asistente).exists()


def test_repetirlo_no_pone_otro(cliente, firmante):
    for _ in range(2):
        cliente.post(direccion("visto-bueno-poner", firmante), {"papeleta": "1"})
    assert VistoBueno.objects.count() == 1


def test_r84_a_quien_no_firmo_no_se_le_pone(cliente, firmante, asistente):
    sin_firma = InscripcionFactory(capacitacion=firmante.capacitacion, nombres="Ausente")
    respuesta = cliente.post(direccion("visto-bueno-poner", sin_firma), follow=True)
    assert "no firmó su asistencia" in respuesta.text
    assert not VistoBueno.objects.exists()
    with pytest.raises(acciones.SinFirma):
        sellar(inscripcion=sin_firma, por=asistente)


def test_se_puede_deshacer_y_queda_huella(cliente, firmante, asistente):
    sellar(inscripcion=firmante, por=asistente)
    cliente.post(direccion("visto-bueno-quitar", firmante))
    cliente.post(direccion("visto-bueno-quitar", firmante))
    assert not VistoBueno.objects.exists()
    assert Huella.objects.filter(accion="quitar visto bueno").count() == 1


def test_si_despues_se_le_quita_la_firma_se_avisa(cliente, firmante, asistente):
    sellar(inscripcion=firmante, por=asistente)
    Asistencia.objects.update(esta_firmada=False)
    assert "Ya no tiene firma" in cliente.get(direccion("vistos-buenos", firmante.capacitacion)).text


@pytest.mark.parametrize("mala", ["x" * 61, "a\x00b"])
def test_una_papeleta_mal_escrita_se_dice_y_no_se_guarda(cliente, firmante, mala):
    respuesta = cliente.post(direccion("visto-bueno-poner", firmante), {"papeleta": mala}, follow=True)
    assert "revise el número de papeleta" in respuesta.text
    assert not VistoBueno.objects.exists()


def test_si_la_huella_falla_no_queda_el_visto_bueno(firmante, asistente, monkeypatch):
    def falla(**datos):
        raise RuntimeError

    monkeypatch.setattr(acciones, "anotar", falla)
    with pytest.raises(RuntimeError):
        sellar(inscripcion=firmante, por=asistente)
    assert not VistoBueno.objects.exists()


def test_con_el_expediente_cerrado_no_se_pone(cliente, firmante, asistente):
    Capacitacion.objects.update(cerrada_en=timezone.now())
    assert cliente.post(direccion("visto-bueno-poner", firmante)).status_code == 403
    with pytest.raises(acciones.NoProcede, match="ya se cerró"):
        sellar(inscripcion=firmante, por=asistente)


def test_lo_de_otro_centro_no_existe_y_quien_no_tiene_el_permiso_recibe_un_403(client, firmante, cusco):
    client.force_login(personas.coordinador_de_arequipa())
    for nombre in ("visto-bueno-poner", "visto-bueno-quitar"):
        assert client.post(direccion(nombre, firmante)).status_code == 404
    for nombre in ("vistos-buenos", "vistos-buenos-pdf"):
        assert client.get(direccion(nombre, firmante.capacitacion)).status_code == 404
    client.force_login(personas.con_rol("administrativo", Rol.COORDINADOR_ADMINISTRATIVO, centro=cusco))
    assert client.get(direccion("vistos-buenos", firmante.capacitacion)).status_code == 403
    assert client.post(direccion("visto-bueno-poner", firmante)).status_code == 403


def test_la_lista_se_imprime_y_no_es_una_constancia(cliente, firmante, asistente):
    sello = sellar(inscripcion=firmante, papeleta="123", por=asistente)
    capacitacion = firmante.capacitacion
    pdf = documento.pdf(capacitacion, [sello])
    exigir_ua1(pdf, f"Vistos buenos en papeletas – {capacitacion}")
    campos = ["CONECTAMEF", "Evento", "Fecha", "Lugar", "Apellidos y nombres", "DNI", "Papeleta", "Quispe Mamani, Rosa"]
    exigir_en_orden(texto_de(pdf), [*campos, firmante.persona.numero_documento, "123"])
    assert "onstancia" not in texto_de(pdf)
    assert cliente.get(direccion("vistos-buenos-pdf", capacitacion)).content.startswith(b"%PDF")
    assert Huella.objects.filter(accion="descargar vistos buenos").exists()
