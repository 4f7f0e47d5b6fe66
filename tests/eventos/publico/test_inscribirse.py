"""Una persona se inscribe, entiende qué pasó y lo que escribió no se pierde."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from correo.models import Envio
from eventos.actions.inscripcion import inscribir
from eventos.enlaces import token_de
from eventos.models import Capacitacion, Inscripcion
from eventos.templatetags.eventos import qr
from organizacion.models import Persona
from tests.fabricas import CapacitacionFactory, DistritoFactory, InscripcionFactory, PersonaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", cupos=2)


def url(curso):
    return reverse("eventos:inscripcion-crear", args=[curso.slug])


def inscribirse(client, curso, datos):
    return client.post(url(curso), datos)


def errores(respuesta):
    return respuesta.context["form"].errors


def test_con_cupo_queda_confirmada_y_ve_su_codigo(client, curso, datos):
    respuesta = client.post(url(curso), datos(), follow=True)

    inscripcion = Inscripcion.objects.get()
    assert inscripcion.estado == Inscripcion.Estado.CONFIRMADA
    assert respuesta.redirect_chain == [(reverse("eventos:inscripcion-ver", args=[token_de(inscripcion)]), 302)]
    assert "Tiene un cupo confirmado" in respuesta.text
    assert qr(inscripcion.codigo) in respuesta.text
    assert "Guarde esta pantalla" in respuesta.text
    assert "Sin su firma, su asistencia no se cuenta" in respuesta.text


def test_sin_cupo_queda_en_lista_de_espera_y_se_le_dice_que_no_viaje(client, curso, datos):
    InscripcionFactory.create_batch(2, capacitacion=curso)
    InscripcionFactory.create_batch(2, capacitacion=curso, estado="en_espera")

    respuesta = client.post(url(curso), datos(), follow=True)

    assert Inscripcion.objects.get(persona__numero_documento="40123456").estado == "en_espera"
    assert "Es el número 3. Todavía no tiene cupo: no viaje hasta recibir nuestra confirmación." in respuesta.text
    assert 'class="qr"' not in respuesta.text


def test_guarda_su_propia_copia_y_el_aviso_que_acepto(client, curso, datos, entidad):
    inscribirse(client, curso, datos())

    inscripcion = Inscripcion.objects.get()
    assert (inscripcion.apellidos, inscripcion.entidad, inscripcion.cargo) == ("Quispe D'Angelo", entidad, "Tesorera")
    assert inscripcion.aviso.finalidad == "inscripcion"
    assert inscripcion.canal == Inscripcion.Canal.WEB
    assert not inscripcion.es_ciudadano


def test_no_lee_ni_cambia_los_datos_de_una_persona_que_ya_existe(client, curso, datos):
    PersonaFactory(numero_documento="40123456", nombres="Rosa María", apellidos="Quispe Huamán")

    respuesta = client.post(url(curso), datos(nombres="Otra", apellidos="Persona"), follow=True)

    persona = Persona.objects.get()
    assert (persona.nombres, persona.apellidos) == ("Rosa María", "Quispe Huamán")
    assert Inscripcion.objects.get().nombres == "Otra"
    assert "Huamán" not in respuesta.text


@pytest.mark.parametrize(
    ("campo", "valor", "mensaje"),
    [
        ("numero_documento", "1234", "El DNI tiene 8 dígitos"),
        ("numero_documento", "", "obligatorio"),
        ("nombres", "Ro\r\nBcc: x@y.example", "una sola línea"),
        ("correo", "rosa@", "correo"),
        ("telefono", "llámame", "solo con dígitos"),
        ("cargo", "", "Escriba su cargo."),
        ("trabaja_en_entidad", "quizá", "opción"),
        ("acepta_aviso", None, "debe aceptar"),
    ],
)
def test_un_dato_malo_se_explica_junto_a_su_campo_y_no_se_guarda_nada(client, curso, datos, campo, valor, mensaje):
    respuesta = inscribirse(client, curso, datos(**{campo: valor}))

    assert respuesta.status_code == 200
    assert mensaje in str(errores(respuesta)[campo])
    assert 'value="Quispe D&#x27;Angelo"' in respuesta.text
    assert "Revise lo siguiente" in respuesta.text
    assert not Inscripcion.objects.exists()
    assert not Persona.objects.exists()
    assert not Envio.objects.exists()


@pytest.mark.parametrize("valor", ["0", "abc", "99999999999999999999999", "1\x00"])
def test_una_entidad_que_no_existe_se_rechaza_sin_romperse(client, curso, datos, valor):
    respuesta = inscribirse(client, curso, datos(entidad=valor))
    assert "entidad" in errores(respuesta) or "entidad_busqueda" in errores(respuesta)
    assert not Inscripcion.objects.exists()


@pytest.mark.parametrize("valor", ["999999", "0801\x0001", "x" * 500])
def test_un_distrito_que_no_existe_se_rechaza_sin_romperse(client, curso, datos, valor):
    cambios = {"entidad": None, "no_figura": "on", "entidad_texto": "UGEL nueva", "entidad_distrito": valor}
    respuesta = inscribirse(client, curso, datos(**cambios))
    assert "entidad_distrito" in errores(respuesta) or "distrito_busqueda" in errores(respuesta)
    assert not Inscripcion.objects.exists()


def test_sin_javascript_busca_su_entidad_y_no_pierde_lo_escrito(client, curso, datos, entidad):
    respuesta = inscribirse(client, curso, datos(entidad=None, buscar="entidad_busqueda", correo="rosa@"))

    assert f'type="radio" name="entidad" value="{entidad.pk}"' in respuesta.text
    assert "Municipalidad Distrital de Wanchaq (Cusco, Cusco)" in respuesta.text
    assert 'value="40123456"' in respuesta.text
    assert 'value="rosa@"' in respuesta.text
    assert "Revise lo siguiente" not in respuesta.text
    assert not Inscripcion.objects.exists()


def test_si_olvida_buscar_se_le_muestran_las_que_calzan(client, curso, datos, entidad):
    respuesta = inscribirse(client, curso, datos(entidad=None))
    assert "Elija su entidad de la lista." in errores(respuesta)["entidad_busqueda"]
    assert f'name="entidad" value="{entidad.pk}"' in respuesta.text


def test_si_su_entidad_no_figura_escribe_su_nombre_y_distrito(client, curso, datos):
    distrito = DistritoFactory(ubigeo="080108", nombre="Wanchaq")
    cambios = {"no_figura": "on", "entidad_texto": "UGEL de prueba", "entidad_distrito": "080108"}

    inscribirse(client, curso, datos(**cambios))

    inscripcion = Inscripcion.objects.get()
    assert inscripcion.entidad is None
    assert (inscripcion.entidad_texto, inscripcion.entidad_distrito) == ("UGEL de prueba", distrito)


def test_un_ciudadano_no_entra_si_no_esta_abierta_y_sabe_a_quien_escribir(client, curso, datos):
    respuesta = inscribirse(client, curso, datos(trabaja_en_entidad="no"))
    assert "cusco@conectamef.example" in str(errores(respuesta)["trabaja_en_entidad"])
    assert not Inscripcion.objects.exists()


def test_r59_a_la_ciudadania_se_le_ofrece_preguntar_al_centro_de_esa_capacitacion(client, curso):
    pagina = client.get(url(curso)).text
    assert f'href="{reverse("eventos:preguntar")}?capacitacion={curso.slug}"' in pagina


def test_r59_donde_se_abrio_se_dice_quien_lo_pidio(client, cusco):
    curso = CapacitacionFactory(centro=cusco, abierta_a_ciudadania=True, apertura_pedida_por="Mesa de concertación")
    pagina = client.get(url(curso)).text
    assert "la pidió abrir Mesa de concertación" in pagina
    assert "haga su pregunta al centro" not in pagina


def test_un_ciudadano_entra_donde_se_abrio_y_no_se_le_pide_entidad(client, cusco, datos):
    curso = CapacitacionFactory(centro=cusco, abierta_a_ciudadania=True, apertura_pedida_por="Mesa de concertación")
    inscribirse(client, curso, datos(trabaja_en_entidad="no", entidad=None, cargo=""))
    assert Inscripcion.objects.get().es_ciudadano


def test_repetir_el_mismo_envio_muestra_la_misma_confirmacion(client, curso, datos):
    primera = inscribirse(client, curso, datos())
    segunda = inscribirse(client, curso, datos())
    assert primera.url == segunda.url
    assert Inscripcion.objects.count() == 1
    assert Envio.objects.count() == 1


def test_un_documento_ya_inscrito_no_se_repite_ni_revela_nada(client, curso, datos):
    persona = PersonaFactory(numero_documento="40123456")
    InscripcionFactory(capacitacion=curso, persona=persona, correo="secreto@muni.example", nombres="Secreta")

    respuesta = inscribirse(client, curso, datos())

    assert "ya está inscrito" in str(errores(respuesta)["numero_documento"])
    assert "El correo que le enviamos tiene el enlace" in respuesta.text
    assert "ecret" not in respuesta.text
    assert Inscripcion.objects.count() == 1


def test_quien_cancelo_puede_volver_a_inscribirse_al_final(client, curso, datos):
    persona = PersonaFactory(numero_documento="40123456")
    InscripcionFactory(capacitacion=curso, persona=persona, estado="anulada", orden=1)
    inscribirse(client, curso, datos())
    assert Inscripcion.objects.vigentes().get().orden == 2


@pytest.mark.parametrize(
    ("cambios", "texto"),
    [
        ({"inscripcion_cierra_en": timezone.now() - dt.timedelta(hours=1)}, "La inscripción ya cerró."),
        ({"inscripcion_abre_en": timezone.now() + dt.timedelta(days=1)}, "La inscripción todavía no abre."),
        ({"estado": "cancelada"}, "Esta capacitación se canceló."),
        ({"dias": -2}, "Esta capacitación ya se realizó."),
    ],
)
def test_fuera_de_plazo_se_dice_por_que_y_se_conserva_lo_escrito(client, cusco, datos, cambios, texto):
    curso = CapacitacionFactory(centro=cusco, **cambios)

    assert texto in client.get(url(curso)).text
    respuesta = inscribirse(client, curso, datos())

    assert texto in errores(respuesta)["__all__"]
    assert 'value="40123456"' in respuesta.text
    assert not Inscripcion.objects.exists()


def test_un_borrador_no_existe_para_el_publico(client, cusco, datos):
    curso = CapacitacionFactory(centro=cusco, estado=Capacitacion.Estado.BORRADOR)
    assert client.get(url(curso)).status_code == 404
    assert inscribirse(client, curso, datos()).status_code == 404


def test_el_correo_sale_al_confirmarse_con_agenda_y_enlace(client, curso, datos, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        inscribirse(client, curso, datos())

    [mensaje] = mail.outbox
    inscripcion = Inscripcion.objects.get()
    assert mensaje.subject == "CONFIRMADO: Cierre contable"
    assert "rosa@muni.example" in mensaje.to[0]
    assert mensaje.reply_to == ["cusco@conectamef.example"]
    assert reverse("eventos:inscripcion-anular", args=[token_de(inscripcion)]) in mensaje.body
    assert "084 123456" in mensaje.body
    assert "No entregamos constancias ni certificados" in mensaje.body
    assert "Lo recibe porque" in mensaje.body
    assert [adjunto.get_filename() for adjunto in mensaje.attachments] == ["capacitacion.ics"]


def test_si_el_correo_no_se_puede_anotar_no_queda_nada_a_medias(curso, datos, entidad, monkeypatch):
    def falla(**_):
        raise RuntimeError("bandeja caída")

    monkeypatch.setattr("eventos.correos.poner_en_cola", falla)
    limpios = datos(entidad=entidad) | {"es_ciudadano": False}
    with pytest.raises(RuntimeError):
        inscribir(capacitacion=curso, datos=limpios)

    assert not Inscripcion.objects.exists()
    assert not Persona.objects.exists()


def test_la_pagina_no_se_guarda_ni_se_indexa(client, curso):
    respuesta = client.get(url(curso))
    assert "no-store" in respuesta["Cache-Control"]
    assert "noindex" in respuesta["X-Robots-Tag"]


def test_quien_tiene_un_cupo_ofrecido_ve_hasta_cuando_y_donde_aceptarlo(client, curso):
    vence = timezone.make_aware(dt.datetime(2099, 1, 5, 17, 30))
    inscripcion = InscripcionFactory(capacitacion=curso, estado="ofrecida", oferta_vence_en=vence)
    token = token_de(inscripcion)
    pagina = client.get(reverse("eventos:inscripcion-ver", args=[token])).text
    assert "Acéptelo antes del lunes 5 de enero de 2099 a las 5:30\u00a0p.\u00a0m." in pagina
    assert f'href="{reverse("eventos:oferta", args=[token])}"' in pagina
    assert 'class="qr"' not in pagina


def test_vencido_el_plazo_ya_no_se_le_pide_aceptar(client, curso):
    ayer = timezone.now() - dt.timedelta(days=1)
    inscripcion = InscripcionFactory(capacitacion=curso, estado="ofrecida", oferta_vence_en=ayer)
    pagina = client.get(reverse("eventos:inscripcion-ver", args=[token_de(inscripcion)])).text
    assert "Venció el plazo" in pagina
    assert "Aceptar o rechazar" not in pagina
