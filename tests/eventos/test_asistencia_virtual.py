"""En lo virtual, un enlace firmado, de un solo uso y con vencimiento vale por la firma (R80, R84)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos.actions import enlaces_de_asistencia as acciones
from eventos.actions.asistencia import marcar_asistencias
from eventos.actions.enlaces_de_asistencia import confirmar_asistencia, enviar_enlaces, reenviar_enlaces
from eventos.cifras import Cifras, cifras_de
from eventos.enlaces import enlace_de_asistencia, token_de_asistencia
from eventos.models import Asistencia, EnlaceDeAsistencia, Inscripcion
from eventos.periodicas import enviar_enlaces_de_asistencia
from tests import personas
from tests.eventos.intranet.ayudas import completa
from tests.fabricas import InscripcionFactory, SesionFactory

pytestmark = pytest.mark.django_db
DIA = dt.date(2026, 3, 10)


def a_las(hora, minuto=0, dia=DIA):
    return timezone.make_aware(dt.datetime.combine(dia, dt.time(hora, minuto)))


@pytest.fixture
def reloj(monkeypatch):
    """Pone la hora del portal; la sesión va de 9:00 a 13:00."""

    def poner(hora, minuto=0, dia=DIA):
        monkeypatch.setattr(timezone, "now", lambda: a_las(hora, minuto, dia))

    poner(10)
    return poner


@pytest.fixture
def capacitacion(cusco, reloj):
    capacitacion = completa(sesiones=False, modalidad="virtual", enlace_virtual="https://reunion.example/1", dias=0)
    SesionFactory(capacitacion=capacitacion, fecha=DIA)
    return capacitacion


@pytest.fixture
def sesion(capacitacion):
    return capacitacion.sesiones.get()


@pytest.fixture
def inscrita(capacitacion):
    return InscripcionFactory(capacitacion=capacitacion, nombres="Rosa", apellidos="Quispe")


@pytest.fixture
def enlace(sesion, inscrita):
    enviar_enlaces(sesion=sesion)
    return EnlaceDeAsistencia.objects.get()


def pagina(enlace):
    return reverse("eventos:asistencia", args=[token_de_asistencia(enlace)])


# --- Enviar ---


def test_el_enlace_va_por_correo_a_cada_quien_con_el_suyo_y_una_sola_vez(capacitacion, sesion):
    inscritas = InscripcionFactory.create_batch(3, capacitacion=capacitacion)
    InscripcionFactory(capacitacion=capacitacion, correo="")
    InscripcionFactory(capacitacion=capacitacion, estado=Inscripcion.Estado.EN_ESPERA)
    assert enviar_enlaces(sesion=sesion) == 3
    assert enviar_enlaces(sesion=sesion) == 0
    enlaces = {e.inscripcion_id: pagina(e) for e in EnlaceDeAsistencia.objects.all()}
    assert enlaces.keys() == {i.pk for i in inscritas}
    for inscripcion in inscritas:
        entrega = Entrega.objects.get(direccion=inscripcion.correo)
        assert entrega.url_baja.endswith(enlaces[inscripcion.pk])
    assert Envio.objects.get().asunto.startswith("CONFIRME SU ASISTENCIA")


def test_sale_solo_al_empezar_la_sesion_y_alcanza_a_quien_se_confirmo_tarde(capacitacion, inscrita, reloj):
    reloj(8, 59)
    assert enviar_enlaces_de_asistencia() == ""
    reloj(9)
    assert enviar_enlaces_de_asistencia() == "1 enlaces de asistencia"
    assert enviar_enlaces_de_asistencia() == ""
    InscripcionFactory(capacitacion=capacitacion)
    reloj(11)
    assert enviar_enlaces_de_asistencia() == "1 enlaces de asistencia"
    reloj(13)
    InscripcionFactory(capacitacion=capacitacion)
    assert enviar_enlaces_de_asistencia() == ""


@pytest.mark.parametrize("cambio", [{"modalidad": "presencial"}, {"estado": "cancelada"}, {"cerrada_en": a_las(8)}])
def test_no_sale_si_no_toca(capacitacion, inscrita, reloj, cambio):
    for campo, valor in cambio.items():
        setattr(capacitacion, campo, valor)
    capacitacion.save()
    reloj(9)
    assert enviar_enlaces_de_asistencia() == ""
    assert not Envio.objects.exists()


def test_en_una_hibrida_va_solo_a_quien_asiste_a_distancia(capacitacion, sesion):
    capacitacion.modalidad = "hibrida"
    capacitacion.save()
    a_distancia = InscripcionFactory(capacitacion=capacitacion, modalidad="virtual")
    InscripcionFactory(capacitacion=capacitacion, modalidad="presencial")
    enviar_enlaces(sesion=sesion)
    assert EnlaceDeAsistencia.objects.get().inscripcion == a_distancia


def test_si_la_sesion_se_mueve_el_mismo_enlace_vence_a_su_nueva_hora_y_se_vuelve_a_enviar(sesion, enlace, reloj):
    sesion.hora_inicio, sesion.hora_fin = dt.time(15), dt.time(18)
    sesion.save()
    reloj(15)
    assert enviar_enlaces_de_asistencia() == "1 enlaces de asistencia"
    enlace.refresh_from_db()
    assert enlace.vence_en == a_las(18, 30)
    assert EnlaceDeAsistencia.objects.count() == 1
    assert Envio.objects.count() == 2


def test_enviar_ahora_lo_repite_a_quien_falta_y_pulsarlo_dos_veces_no(client, sesion, enlace, capacitacion, reloj):
    client.force_login(personas.asistente_de_cusco())
    url = reverse("eventos_intranet:enlaces-enviar", args=[capacitacion.pk])
    assert client.get(url).status_code == 405
    EnlaceDeAsistencia.objects.update(creado_en=a_las(10))
    reloj(10, 10)
    assert "Un enlace va en camino." in client.post(url, {"sesion": sesion.pk}, follow=True).text
    assert "No había a quién enviarlo" in client.post(url, {"sesion": sesion.pk}, follow=True).text
    assert Envio.objects.count() == 2
    confirmar_asistencia(enlace=enlace)
    reloj(10, 30)
    assert reenviar_enlaces(sesion=sesion, por=None) == 0
    client.force_login(personas.responsable_de_presupuesto())
    assert client.post(url).status_code == 403
    client.force_login(personas.coordinador_de_arequipa())
    assert client.post(url).status_code == 404


def test_el_panel_ofrece_enviarlos_mientras_se_dicta(client, capacitacion, sesion, inscrita, reloj):
    client.force_login(personas.asistente_de_cusco())
    panel = reverse("eventos_intranet:panel", args=[capacitacion.pk])
    assert "Enviar ahora los enlaces" in client.get(panel).text
    assert client.post(reverse("eventos_intranet:enlaces-enviar", args=[capacitacion.pk])).status_code == 302
    assert EnlaceDeAsistencia.objects.count() == 1
    reloj(13, 30)
    assert "Enviar ahora los enlaces" not in client.get(panel).text


def test_terminada_la_sesion_ya_no_se_envia(client, capacitacion, sesion, inscrita, reloj):
    reloj(13, 30)
    client.force_login(personas.asistente_de_cusco())
    url = reverse("eventos_intranet:enlaces-enviar", args=[capacitacion.pk])
    assert "ya no servirían" in client.post(url, follow=True).text
    assert not EnlaceDeAsistencia.objects.exists()


def test_si_falla_el_correo_no_queda_ningun_enlace(sesion, inscrita, monkeypatch):
    monkeypatch.setattr("eventos.actions.enlaces_de_asistencia.correos.enviar", lambda *datos, **mas: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        enviar_enlaces(sesion=sesion)
    assert not EnlaceDeAsistencia.objects.exists()


# --- Confirmar ---


def test_r84_confirmar_vale_por_la_firma_y_el_enlace_se_gasta(client, capacitacion, enlace):
    primera = client.get(pagina(enlace))
    assert "Rosa Quispe" in primera.text
    assert "no-store" in primera["Cache-Control"]
    assert primera["X-Robots-Tag"].startswith("noindex")
    respuesta = client.post(pagina(enlace), follow=True)
    assert "Su asistencia está registrada" in respuesta.text
    assert cifras_de(capacitacion) == Cifras(1, 1)
    assert Asistencia.objects.get().medio == Asistencia.Medio.ENLACE
    usado_en = EnlaceDeAsistencia.objects.get().usado_en
    otra_vez = client.post(pagina(enlace))
    assert "ya se usó" in otra_vez.text
    assert EnlaceDeAsistencia.objects.get().usado_en == usado_en
    assert Huella.objects.filter(accion="confirmar asistencia por enlace").count() == 1


def test_el_antivirus_que_abre_los_correos_no_confirma_a_nadie(client, enlace):
    for _ in range(3):
        client.get(pagina(enlace))
        client.head(pagina(enlace))
        client.options(pagina(enlace))
    assert not Asistencia.objects.exists()
    assert EnlaceDeAsistencia.objects.get().usado_en is None


def test_sin_el_formulario_de_la_pagina_tampoco(enlace):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(pagina(enlace)).status_code == 403
    assert not Asistencia.objects.exists()


def test_un_enlace_gastado_no_devuelve_la_firma_que_el_personal_quito(client, sesion, inscrita, enlace):
    client.post(pagina(enlace))
    marcar_asistencias(sesion=sesion, firmaron=set(), no_firmaron={inscrita.pk}, por=None)
    client.post(pagina(enlace))
    assert not Asistencia.objects.firmadas().exists()


@pytest.mark.parametrize(
    ("hora", "codigo", "dice"),
    [
        ((8, 44), 200, "Todavía no es la hora"),
        ((8, 45), 200, "Confirme su asistencia"),
        ((13, 29), 200, "Confirme su asistencia"),
        ((13, 30), 410, "Este enlace ya venció"),
        ((9, 0, DIA + dt.timedelta(days=1)), 410, "Este enlace ya venció"),
    ],
)
def test_solo_sirve_en_el_horario_de_la_sesion_con_su_margen(client, enlace, reloj, hora, codigo, dice):
    reloj(*hora)
    respuesta = client.get(pagina(enlace))
    assert (respuesta.status_code, dice in respuesta.text) == (codigo, True)
    client.post(pagina(enlace))
    assert Asistencia.objects.firmadas().exists() == (dice == "Confirme su asistencia")


@pytest.mark.parametrize("estado", [Inscripcion.Estado.ANULADA, Inscripcion.Estado.EN_ESPERA])
def test_quien_ya_no_esta_confirmada_no_puede(client, inscrita, enlace, estado):
    Inscripcion.objects.filter(pk=inscrita.pk).update(estado=estado)
    assert "ya no está confirmada" in client.get(pagina(enlace)).text
    assert client.post(pagina(enlace)).status_code == 410
    assert not Asistencia.objects.exists()


def test_con_el_expediente_cerrado_no_confirma_y_lo_dice(client, capacitacion, enlace):
    capacitacion.cerrada_en = a_las(9)
    capacitacion.save()
    assert "ya se cerró" in client.post(pagina(enlace)).text
    assert not Asistencia.objects.exists()


def test_si_falla_la_firma_el_enlace_no_se_gasta(enlace, monkeypatch):
    monkeypatch.setattr(acciones, "marcar_asistencias", lambda **datos: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirmar_asistencia(enlace=enlace)
    enlace.refresh_from_db()
    assert enlace.usado_en is None


# --- Inventados ---


def test_cien_mil_enlaces_inventados_no_entran_ni_llegan_a_la_base(enlace, django_assert_num_queries):
    """Ni con la clave de verdad: sin nuestra firma no se pregunta a la base."""
    bueno = token_de_asistencia(enlace)
    clave, firma = bueno.split(".")
    entraron = 0
    with django_assert_num_queries(0):
        for n in range(100_000):
            try:
                enlace_de_asistencia(f"{clave}.{n:043d}" if n % 2 else f"{n:032d}.{firma}")
            except EnlaceDeAsistencia.DoesNotExist:
                continue
            entraron += 1
    assert entraron == 0
    assert enlace_de_asistencia(bueno) == enlace  # el control: la firma de verdad sí entra


@pytest.mark.parametrize("token", ["x", "a.b", "\x00", "%00", "á" * 200, ".", "a" * 3000])
def test_un_enlace_inventado_dice_que_no_es_valido(client, enlace, token):
    url = reverse("eventos:asistencia", args=[token])
    for metodo in (client.get, client.post):
        respuesta = metodo(url)
        assert respuesta.status_code == 404
        assert "Este enlace no es válido" in respuesta.text


def test_el_enlace_de_la_inscripcion_no_sirve_para_confirmar(client, inscrita, enlace):
    from eventos.enlaces import token_de

    assert client.post(reverse("eventos:asistencia", args=[token_de(inscrita)])).status_code == 404
    assert not Asistencia.objects.exists()
