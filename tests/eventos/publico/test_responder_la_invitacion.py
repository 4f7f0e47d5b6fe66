"""Quien recibió una invitación responde con su enlace y, si asistirá, se inscribe desde ahí (R77)."""

import pytest
from django.urls import reverse

from custodia.models import Huella
from eventos.actions import convocatoria as acciones
from eventos.enlaces import sello_de
from eventos.models import Convocatoria, Inscripcion, Invitacion
from tests.fabricas import CapacitacionFactory, InscripcionFactory, OperadorFactory, PersonaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", cupos=2, dias=10)


@pytest.fixture
def invitacion(curso, entidad):
    return invitar(curso, entidad)


def invitar(curso, entidad, nombre="Rosa Quispe"):
    convocatoria = Convocatoria.objects.create(capacitacion=curso, anticipacion=10)
    return Invitacion.objects.create(
        capacitacion=curso,
        convocatoria=convocatoria,
        operador=OperadorFactory(entidad=entidad),
        entidad=entidad,
        nombre=nombre,
        correo="rosa@muni.example",
    )


def pagina(invitacion):
    return reverse("eventos:invitacion-personal", args=[invitacion.clave])


def formulario(invitacion):
    ruta = reverse("eventos:inscripcion-crear", args=[invitacion.capacitacion.slug])
    return f"{ruta}?invitacion={sello_de(invitacion)}"


def leida(invitacion):
    return Invitacion.objects.select_related("inscripcion").get(pk=invitacion.pk)


def test_r77_la_pagina_dice_a_quien_a_que_y_cuando_y_mirarla_no_responde(client, invitacion):
    respuesta = client.get(pagina(invitacion))
    for texto in ("Rosa Quispe", "Municipalidad Distrital de Wanchaq", "Cierre contable", "Sí, asistiré"):
        assert texto in respuesta.text
    assert "no-store" in respuesta["Cache-Control"]
    assert "noindex" in respuesta["X-Robots-Tag"]
    assert leida(invitacion).respuesta == ""


def test_r77_si_asistira_queda_anotado_y_va_al_formulario_de_inscripcion(client, invitacion):
    respuesta = client.post(pagina(invitacion), {"respuesta": "asistira"})
    assert respuesta.url == formulario(invitacion)
    assert (leida(invitacion).respuesta, leida(invitacion).respondida_en is None) == ("asistira", False)
    assert Huella.objects.get(accion="responder invitación").usuario is None


def test_r77_no_podra_asistir_y_puede_cambiar_de_parecer(client, invitacion):
    assert "no podrá asistir" in client.post(pagina(invitacion), {"respuesta": "no_asistira"}, follow=True).text
    assert leida(invitacion).respuesta == "no_asistira"
    client.post(pagina(invitacion), {"respuesta": "asistira"})
    client.post(pagina(invitacion), {"respuesta": "asistira"})
    assert leida(invitacion).respuesta == "asistira"
    assert Huella.objects.filter(accion="responder invitación").count() == 2


def test_lo_que_se_inscribe_desde_ahi_queda_unido_a_la_invitacion(client, invitacion, datos):
    abierto = client.get(formulario(invitacion))
    sello = abierto.context["form"]["invitacion"].value()
    assert sello in abierto.text
    client.post(formulario(invitacion), datos(invitacion=sello))
    assert leida(invitacion).inscripcion == Inscripcion.objects.get()
    assert leida(invitacion).respuesta == "asistira"
    assert "ya se hizo una inscripción" in client.get(pagina(invitacion)).text


def test_el_formulario_no_trae_nada_de_nadie(client, invitacion):
    PersonaFactory(numero_documento="40123456", nombres="Rosa")
    formulario_abierto = client.get(formulario(invitacion)).context["form"]
    puestos = {
        c.name: c.value() for c in formulario_abierto if c.name in ("nombres", "apellidos", "correo", "telefono")
    }
    assert not any(puestos.values())


def test_buscar_la_entidad_a_mitad_no_pierde_de_que_invitacion_viene(client, invitacion, datos):
    sello = sello_de(invitacion)
    pintado = client.post(formulario(invitacion), datos(invitacion=sello, buscar="entidad"))
    assert sello in pintado.text


def test_otro_puede_ir_en_su_lugar_y_el_enlace_no_muestra_sus_datos(client, invitacion, datos):
    client.post(formulario(invitacion), datos(nombres="Otro", apellidos="Colega", invitacion=sello_de(invitacion)))
    assert leida(invitacion).inscripcion.nombres == "Otro"
    texto = client.get(pagina(invitacion)).text
    assert "Otro" not in texto
    assert Inscripcion.objects.get().codigo not in texto


@pytest.mark.parametrize("sello", ["", "1", "1.firma-falsa", "\x00", "x" * 5000])
def test_un_sello_inventado_no_estorba_y_no_une_nada(client, invitacion, datos, sello):
    respuesta = client.post(formulario(invitacion), datos(invitacion=sello))
    assert respuesta.status_code in {200, 302}
    assert leida(invitacion).inscripcion is None


def test_el_sello_de_otra_capacitacion_no_une(client, invitacion, datos, cusco):
    otro = CapacitacionFactory(centro=cusco)
    client.post(reverse("eventos:inscripcion-crear", args=[otro.slug]), datos(invitacion=sello_de(invitacion)))
    assert otro.inscripciones.count() == 1
    assert leida(invitacion).inscripcion is None


def test_la_segunda_inscripcion_con_el_mismo_enlace_no_reemplaza_a_la_primera(curso, invitacion):
    primera, segunda = (InscripcionFactory(capacitacion=curso) for _ in range(2))
    for inscripcion in (primera, segunda):
        acciones.unir_inscripcion(invitacion=invitacion, inscripcion=inscripcion)
    assert leida(invitacion).inscripcion == primera
    Inscripcion.objects.filter(pk=primera.pk).update(estado="anulada")
    acciones.unir_inscripcion(invitacion=invitacion, inscripcion=segunda)
    assert leida(invitacion).inscripcion == segunda


@pytest.mark.parametrize("clave", ["inventada", "x" * 300, "a_b-c"])
def test_un_enlace_inventado_es_un_404_que_ayuda(client, invitacion, clave):
    for respuesta in (client.get, client.post):
        pagina_404 = respuesta(reverse("eventos:invitacion-personal", args=[clave]))
        assert pagina_404.status_code == 404
        assert "Este enlace no es válido" in pagina_404.text


def test_llena_se_dice_y_lleva_a_la_lista_de_espera(client, curso, invitacion):
    InscripcionFactory.create_batch(2, capacitacion=curso)
    assert "Ya no quedan cupos" in client.get(pagina(invitacion)).text
    seguida = client.post(pagina(invitacion), {"respuesta": "asistira"}, follow=True)
    assert "Anotarme en la lista de espera" in seguida.text


def test_cerrada_la_inscripcion_se_dice_y_se_anota_igual(client, curso, invitacion):
    from django.utils import timezone

    curso.inscripcion_cierra_en = timezone.now()
    curso.save()
    assert "La inscripción ya cerró" in client.get(pagina(invitacion)).text
    respuesta = client.post(pagina(invitacion), {"respuesta": "asistira"})
    assert respuesta.url == pagina(invitacion)
    assert leida(invitacion).respuesta == "asistira"


@pytest.mark.parametrize(
    ("cambio", "texto"),
    [({"estado": "cancelada"}, "se canceló"), ({"dias": -1}, "ya se realizó")],
)
def test_cancelada_o_pasada_se_dice_y_ya_no_se_responde(client, cusco, entidad, cambio, texto):
    invitacion = invitar(CapacitacionFactory(centro=cusco, **cambio), entidad)
    assert texto in client.get(pagina(invitacion)).text
    respuesta = client.post(pagina(invitacion), {"respuesta": "asistira"})
    assert respuesta.status_code == 200
    assert "Sí, asistiré" not in respuesta.text
    assert leida(invitacion).respuesta == ""


@pytest.mark.parametrize("respuesta", ["", "quizas", "\x00"])
def test_una_respuesta_que_no_es_ninguna_de_las_dos_vuelve_a_preguntar(client, invitacion, respuesta):
    assert client.post(pagina(invitacion), {"respuesta": respuesta}).status_code == 200
    assert leida(invitacion).respuesta == ""


def test_si_la_huella_falla_no_queda_respondida(invitacion, monkeypatch):
    monkeypatch.setattr(acciones, "anotar", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        acciones.responder(invitacion=invitacion, respuesta="asistira")
    assert leida(invitacion).respuesta == ""


def test_ninguna_capacitacion_se_queda_con_la_direccion_de_las_invitaciones():
    from eventos.actions.capacitacion import RESERVADAS

    assert "invitaciones" in RESERVADAS
