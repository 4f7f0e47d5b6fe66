"""Cancelar con el enlace del correo libera el cupo, y se le ofrece al primero de la espera."""

import pytest
from django.urls import reverse

from correo.models import Envio
from eventos.actions.inscripcion import YaFirmo, anular
from eventos.actions.oferta import ofrecer
from eventos.enlaces import token_de
from eventos.models import Inscripcion
from tests.fabricas import AsistenciaFactory, CapacitacionFactory, InscripcionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", cupos=1)


@pytest.fixture
def confirmada(curso):
    return InscripcionFactory(capacitacion=curso, orden=1)


@pytest.fixture
def en_espera(curso, confirmada):
    return [InscripcionFactory(capacitacion=curso, estado="en_espera", orden=orden) for orden in (2, 3)]


def url(inscripcion):
    return reverse("eventos:inscripcion-anular", args=[token_de(inscripcion)])


def estado(inscripcion):
    return Inscripcion.objects.get(pk=inscripcion.pk).estado


def asuntos():
    return sorted(Envio.objects.values_list("asunto", flat=True))


def test_abrir_el_enlace_pregunta_y_no_cambia_nada(client, confirmada):
    respuesta = client.get(url(confirmada))
    assert "Sí, cancelar mi inscripción" in respuesta.text
    assert estado(confirmada) == "confirmada"


def test_al_cancelar_se_ofrece_el_cupo_al_primero_de_la_espera(client, confirmada, en_espera):
    respuesta = client.post(url(confirmada), follow=True)

    primera, segunda = en_espera
    assert "Su inscripción está cancelada" in respuesta.text
    assert [estado(i) for i in (confirmada, primera, segunda)] == ["anulada", "ofrecida", "en_espera"]
    assert asuntos() == [
        "CANCELADO: su inscripción en Cierre contable",
        "LISTA DE ESPERA: tiene un cupo en Cierre contable",
    ]
    assert segunda.numero_en_espera() == 1


def test_cancelar_dos_veces_no_ofrece_el_cupo_a_nadie_mas(client, confirmada, en_espera):
    client.post(url(confirmada))
    client.post(url(confirmada))
    assert "ya está cancelada" in client.get(url(confirmada)).text
    assert Inscripcion.objects.que_ocupan_cupo().count() == 1
    assert Envio.objects.count() == 2


def test_quien_ya_firmo_no_se_anula_ni_pierde_su_asistencia(client, confirmada, en_espera):
    AsistenciaFactory(inscripcion=confirmada)

    assert client.post(url(confirmada)).status_code == 410
    with pytest.raises(YaFirmo):
        anular(inscripcion=confirmada)

    assert [estado(i) for i in (confirmada, *en_espera)] == ["confirmada", "en_espera", "en_espera"]
    assert not Envio.objects.exists()


def test_quien_sale_de_la_espera_no_quita_el_cupo_a_nadie(client, confirmada, en_espera):
    client.post(url(en_espera[0]))
    assert estado(confirmada) == "confirmada"
    assert estado(en_espera[1]) == "en_espera"


@pytest.mark.parametrize("token", ["ABCD2345", "ABCD2345.falsa", "..", "%00", "a" * 300])
@pytest.mark.parametrize("nombre", ["inscripcion-ver", "inscripcion-anular"])
def test_un_enlace_falso_da_una_pagina_clara(client, confirmada, nombre, token):
    ruta = reverse(f"eventos:{nombre}", args=["TOKEN"]).replace("TOKEN", token)
    respuesta = client.get(ruta)
    assert respuesta.status_code == 404
    if token != "..":
        assert "Este enlace no es válido" in respuesta.text


def test_un_token_de_otra_inscripcion_no_se_fabrica_con_su_codigo(client, confirmada, en_espera):
    firma = token_de(confirmada).split(".", 1)[1]
    falso = f"{en_espera[0].codigo}.{firma}"
    assert client.post(reverse("eventos:inscripcion-anular", args=[falso])).status_code == 404
    assert estado(en_espera[0]) == "en_espera"


def test_empezada_la_capacitacion_el_enlace_de_cancelar_ya_vencio(client, cusco):
    inscripcion = InscripcionFactory(capacitacion=CapacitacionFactory(centro=cusco, dias=-3))
    respuesta = client.post(url(inscripcion))
    assert respuesta.status_code == 410
    assert "ya venció" in respuesta.text
    assert estado(inscripcion) == "confirmada"


def test_la_pagina_personal_no_se_guarda_ni_se_indexa(client, confirmada):
    respuesta = client.get(reverse("eventos:inscripcion-ver", args=[token_de(confirmada)]))
    assert "no-store" in respuesta["Cache-Control"]
    assert "noindex" in respuesta["X-Robots-Tag"]


def test_al_cancelarse_la_capacitacion_no_se_ofrece_a_nadie(client, curso, confirmada, en_espera):
    curso.estado = "cancelada"
    curso.save()
    client.post(url(confirmada))
    assert estado(en_espera[0]) == "en_espera"


def test_el_personal_anula_y_queda_su_huella(confirmada, coordinadora):
    from custodia.models import Huella

    anular(inscripcion=confirmada, por=coordinadora, motivo="Lo pidió por teléfono")
    huella = Huella.objects.get(accion="anular inscripción")
    assert (huella.usuario, huella.motivo) == (coordinadora, "Lo pidió por teléfono")
    confirmada.refresh_from_db()
    assert confirmada.motivo_anulacion == "personal"


def test_si_el_aviso_falla_no_se_anula_a_medias(confirmada, en_espera, monkeypatch):
    llamadas = []

    def falla_al_ofrecer(**datos):
        llamadas.append(datos)
        if len(llamadas) == 2:
            raise RuntimeError("bandeja caída")

    monkeypatch.setattr("eventos.correos.poner_en_cola", falla_al_ofrecer)
    with pytest.raises(RuntimeError):
        anular(inscripcion=confirmada)

    assert estado(confirmada) == "confirmada"
    assert estado(en_espera[0]) == "en_espera"


def test_si_aumentan_los_cupos_se_ofrecen_en_orden(curso, en_espera):
    curso.cupos = 2
    curso.save()
    assert ofrecer(capacitacion=curso) == [en_espera[0]]
    assert ofrecer(capacitacion=curso) == []
