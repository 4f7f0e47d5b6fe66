"""La edición nacional va a los suscriptores sin centro; y lo común a toda difusión: revisar, probar, no repetir."""

import pytest
from django.core import mail
from django.urls import reverse

from boletines.actions import envio as actions
from boletines.actions.bajas import dar_de_baja
from boletines.mensaje import MAXIMO_BYTES, componer_boletin, revisar
from correo.actions import cancelar
from correo.models import Entrega, Envio
from custodia.models import Huella
from organizacion.models import AjustesPortal
from tests import personas
from tests.boletines.conftest import nueva_edicion
from tests.fabricas import SuscriptorFactory

pytestmark = pytest.mark.django_db


def enviar(client, boletin):
    return client.post(reverse("boletin_enviar", args=[boletin.pk]))


def test_la_nacional_va_a_los_confirmados_sin_centro_y_lleva_al_avance(
    client, edicion, comunicaciones, cusco, arequipa
):
    sin_centro = SuscriptorFactory.create_batch(2)
    SuscriptorFactory(centro=cusco)
    SuscriptorFactory(estado="pendiente")
    SuscriptorFactory(recibe_boletin=False)
    arequipa.esta_activo = False
    arequipa.save()
    de_un_centro_cerrado = SuscriptorFactory(centro=arequipa)
    client.force_login(comunicaciones)

    respuesta = enviar(client, edicion)

    envio = Envio.objects.get()
    assert respuesta.url == reverse("correo_envio_detalle", args=[envio.pk])
    esperadas = sorted(s.correo for s in [*sin_centro, de_un_centro_cerrado])
    assert sorted(e.direccion for e in envio.entregas.all()) == esperadas
    assert len({e.url_baja for e in envio.entregas.all()}) == 3
    assert (envio.es_masivo, envio.lista, envio.centro) == (True, "boletin-nacional", None)
    assert Huella.objects.filter(accion="difundir boletín", usuario=comunicaciones).exists()


def test_cada_mensaje_lleva_su_propia_baja_y_el_aviso_de_demostracion(
    edicion, comunicaciones, django_capture_on_commit_callbacks
):
    ajustes = AjustesPortal.load()
    ajustes.es_demostracion, ajustes.minutos_de_reposo = True, 0
    ajustes.save()
    SuscriptorFactory.create_batch(3)
    with django_capture_on_commit_callbacks(execute=True):
        actions.difundir_nacional(boletin=edicion, por=comunicaciones)

    assert len(mail.outbox) == 3
    for mensaje in mail.outbox:
        entrega = Entrega.objects.get(direccion__in=[d.split("<")[-1].rstrip(">") for d in mensaje.to])
        html = mensaje.alternatives[0][0]
        assert entrega.url_baja in html
        assert entrega.url_baja in mensaje.body
        assert mensaje.extra_headers["List-Unsubscribe"] == f"<{entrega.url_baja}?e={entrega.pk}>"
        assert mensaje.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "Sitio de demostración" in html
        assert "Sitio de demostración" in mensaje.body
        assert "%URL_BAJA%" not in html + mensaje.body


def test_quien_se_da_de_baja_no_recibe_la_edicion(edicion, comunicaciones):
    se_fue, queda = SuscriptorFactory(), SuscriptorFactory()
    dar_de_baja(suscriptor=se_fue)
    envio = actions.difundir_nacional(boletin=edicion, por=comunicaciones)
    assert [e.direccion for e in envio.entregas.all()] == [queda.correo]


def test_difundir_dos_veces_devuelve_el_mismo_envio_y_lo_dice(client, edicion, comunicaciones):
    SuscriptorFactory()
    client.force_login(comunicaciones)
    primera = enviar(client, edicion)
    SuscriptorFactory()
    segunda = enviar(client, edicion)
    assert primera.url == segunda.url
    assert Entrega.objects.count() == 1
    assert "ya se había enviado" in "".join(str(m) for m in segunda.wsgi_request._messages)


@pytest.mark.parametrize(("intentos", "se_repite"), [(0, True), (1, False)])
def test_solo_se_repite_lo_que_se_cancelo_antes_de_que_saliera_algo(edicion, comunicaciones, intentos, se_repite):
    SuscriptorFactory()
    envio = actions.difundir_nacional(boletin=edicion, por=comunicaciones)
    Entrega.objects.update(intentos=intentos)
    cancelar(envio=envio, por=comunicaciones)
    otra = actions.difundir_nacional(boletin=edicion, por=comunicaciones)
    assert (otra.pk != envio.pk) == se_repite
    assert actions.envio_de(edicion) == otra


def test_lo_que_la_revision_considera_grave_no_se_envia(client, edicion, comunicaciones, monkeypatch):
    sin_baja = componer_boletin(edicion)
    sin_baja = sin_baja._replace(html=sin_baja.html.replace("%URL_BAJA%", "https://x.example/"))
    monkeypatch.setattr(actions, "componer_boletin", lambda *args: sin_baja)
    SuscriptorFactory()
    client.force_login(comunicaciones)
    pagina = client.post(reverse("boletin_enviar", args=[edicion.pk]), follow=True).content.decode()
    assert "No se puede enviar así. Baja: No lleva el enlace para dejar de recibirlo." in pagina
    assert not Envio.objects.exists()


def test_un_borrador_no_se_envia(client, archivo, comunicaciones):
    borrador = nueva_edicion(archivo, live=False)
    SuscriptorFactory()
    client.force_login(comunicaciones)
    enviar(client, borrador)
    assert "no está publicada" in client.get(reverse("boletin_enviar", args=[borrador.pk])).content.decode()
    with pytest.raises(actions.BoletinSinPublicar):
        actions.difundir_nacional(boletin=borrador, por=comunicaciones)
    assert not Envio.objects.exists()


def test_sin_suscriptores_se_dice_y_no_queda_un_envio_vacio(client, edicion, comunicaciones):
    client.force_login(comunicaciones)
    respuesta = client.post(reverse("boletin_enviar", args=[edicion.pk]), follow=True)
    assert "Nadie ha confirmado su suscripción" in respuesta.content.decode()
    assert not Envio.objects.exists()


def test_si_falla_la_huella_no_queda_nada(edicion, comunicaciones, monkeypatch):
    def fallar(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "anotar", fallar)
    SuscriptorFactory()
    with pytest.raises(RuntimeError):
        actions.difundir_nacional(boletin=edicion, por=comunicaciones)
    assert not Envio.objects.exists()
    assert not Entrega.objects.exists()


@pytest.mark.parametrize(
    ("cambio", "falla"),
    [
        (lambda html: html.replace("%URL_BAJA%", "https://x.example/"), "Baja"),
        (lambda html: html + '<a href="comunicados/">aquí</a>', "Enlaces"),
        (lambda html: html + "x" * MAXIMO_BYTES, "Peso"),
    ],
)
def test_la_revision_avisa_lo_que_esta_mal(edicion, cambio, falla):
    mensaje = componer_boletin(edicion)
    comprobaciones = revisar(edicion, mensaje._replace(html=cambio(mensaje.html)))
    assert [c.nombre for c in comprobaciones if not c.esta_bien] == [falla]


def test_la_revision_avisa_de_una_imagen_sin_texto(edicion, imagen):
    edicion.cuerpo[2].value["imagen"].contextual_alt_text = ""
    comprobaciones = revisar(edicion, componer_boletin(edicion))
    assert [c.nombre for c in comprobaciones if not c.esta_bien] == ["Imágenes"]


def test_la_prueba_llega_solo_a_quien_la_pide(client, edicion, comunicaciones):
    comunicaciones.email = "comunicaciones@mef.example"
    comunicaciones.save()
    SuscriptorFactory()
    client.force_login(comunicaciones)
    respuesta = client.post(reverse("boletin_probar", args=[edicion.pk]), follow=True)
    assert "Le enviamos la prueba a comunicaciones@mef.example" in respuesta.content.decode()
    envio = Envio.objects.get()
    assert envio.asunto.startswith("[Prueba]")
    assert [e.direccion for e in envio.entregas.all()] == ["comunicaciones@mef.example"]
    assert actions.envio_de(edicion) is None


def test_una_cuenta_sin_correo_no_puede_probar_y_se_le_dice(client, edicion, comunicaciones):
    client.force_login(comunicaciones)
    respuesta = client.post(reverse("boletin_probar", args=[edicion.pk]), follow=True)
    assert "no tiene correo" in respuesta.content.decode()


def test_la_pantalla_muestra_cuantos_son_la_revision_y_la_vista_previa(client, edicion, comunicaciones):
    SuscriptorFactory.create_batch(2)
    client.force_login(comunicaciones)
    pagina = client.get(reverse("boletin_enviar", args=[edicion.pk])).content.decode()
    assert "Difundir a 2 usuarios" in pagina
    assert 'srcdoc="&lt;!DOCTYPE html&gt;' in pagina
    assert "Peso: bien" in pagina


def test_abrir_la_pantalla_no_envia_nada(client, edicion, comunicaciones):
    SuscriptorFactory()
    client.force_login(comunicaciones)
    client.get(reverse("boletin_enviar", args=[edicion.pk]))
    assert client.get(reverse("boletin_probar", args=[edicion.pk])).status_code == 405
    assert not Envio.objects.exists()


@pytest.mark.parametrize("nombre", ["boletin_enviar", "boletin_probar", "boletin_remitir", "boletin_por_todos"])
@pytest.mark.parametrize("persona", [personas.coordinadora_de_cusco, personas.directora_de_ogauc])
def test_quien_no_es_de_comunicaciones_no_envia_ni_remite(client, edicion, persona, nombre):
    SuscriptorFactory()
    client.force_login(persona())
    assert client.post(reverse(nombre, args=[edicion.pk])).status_code in (302, 403)
    assert not Envio.objects.exists()


def test_la_lista_no_consulta_una_vez_por_edicion(client, archivo, comunicaciones, django_assert_max_num_queries):
    client.force_login(comunicaciones)
    for mes in range(1, 13):
        nueva_edicion(archivo, anio=2025, mes=mes)
    client.get(reverse("boletines_ediciones"))
    with django_assert_max_num_queries(30):
        client.get(reverse("boletines_ediciones"))
