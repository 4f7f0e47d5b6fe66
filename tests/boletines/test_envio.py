"""Comunicaciones envía la edición publicada a los suscriptores confirmados (R110)."""

import pytest
from django.core import mail
from django.urls import reverse

from boletines.actions import envio as actions
from boletines.actions.suscripcion import dar_de_baja
from boletines.mensaje import MAXIMO_BYTES, componer_boletin, revisar
from boletines.models import Suscriptor
from correo.models import Entrega, Envio
from custodia.models import Huella
from organizacion.models import AjustesPortal
from tests import personas
from tests.boletines.conftest import nueva_edicion
from tests.fabricas import SuscriptorFactory

pytestmark = pytest.mark.django_db


def enviar(client, boletin):
    return client.post(reverse("boletin_enviar", args=[boletin.pk]))


def test_enviar_crea_una_entrega_por_suscriptor_confirmado_y_lleva_al_avance(client, edicion, comunicaciones):
    confirmados = SuscriptorFactory.create_batch(3)
    SuscriptorFactory(estado="pendiente")
    SuscriptorFactory(estado="baja")
    client.force_login(comunicaciones)

    respuesta = enviar(client, edicion)

    envio = Envio.objects.get()
    assert respuesta.url == reverse("correo_envio_detalle", args=[envio.pk])
    entregas = envio.entregas.order_by("direccion")
    assert [e.direccion for e in entregas] == sorted(s.correo for s in confirmados)
    assert len({e.url_baja for e in entregas}) == 3
    assert envio.es_masivo
    assert Huella.objects.filter(accion="enviar boletín", usuario=comunicaciones).exists()


def test_cada_mensaje_lleva_su_propia_baja_y_el_aviso_de_demostracion(
    edicion, comunicaciones, django_capture_on_commit_callbacks
):
    ajustes = AjustesPortal.load()
    ajustes.es_demostracion, ajustes.minutos_de_reposo = True, 0
    ajustes.save()
    SuscriptorFactory.create_batch(3)
    with django_capture_on_commit_callbacks(execute=True):
        actions.enviar_boletin(boletin=edicion, por=comunicaciones)

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
    envio = actions.enviar_boletin(boletin=edicion, por=comunicaciones)
    assert [e.direccion for e in envio.entregas.all()] == [queda.correo]


def test_enviar_dos_veces_devuelve_el_mismo_envio_y_lo_dice(client, edicion, comunicaciones):
    SuscriptorFactory()
    client.force_login(comunicaciones)
    primera = enviar(client, edicion)
    SuscriptorFactory()
    segunda = enviar(client, edicion)
    assert primera.url == segunda.url
    assert Entrega.objects.count() == 1
    assert "ya se había enviado" in "".join(str(m) for m in segunda.wsgi_request._messages)


def test_un_borrador_no_se_envia(client, archivo, comunicaciones):
    borrador = nueva_edicion(archivo, live=False)
    client.force_login(comunicaciones)
    assert "es un borrador" in enviar(client, borrador).content.decode()
    with pytest.raises(actions.BoletinSinPublicar):
        actions.enviar_boletin(boletin=borrador, por=comunicaciones)
    assert not Envio.objects.exists()


def test_si_falla_la_bandeja_no_queda_nada(edicion, comunicaciones, monkeypatch):
    def fallar(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "anotar", fallar)
    SuscriptorFactory()
    with pytest.raises(RuntimeError):
        actions.enviar_boletin(boletin=edicion, por=comunicaciones)
    assert not Envio.objects.exists()
    assert not Entrega.objects.exists()


def test_el_correo_es_absoluto_liviano_y_pasa_la_revision(edicion):
    mensaje = componer_boletin(edicion)
    assert 'href="/' not in mensaje.html
    assert 'src="/' not in mensaje.html
    assert "http://localhost:8000/boletines/2026-10/pdf/" in mensaje.html
    assert 'alt="Equipo del centro"' in mensaje.html
    assert len(mensaje.html.encode()) < MAXIMO_BYTES
    assert all(comprobacion.esta_bien for comprobacion in revisar(edicion, mensaje))
    assert "Plazos de cierre contable" in mensaje.texto
    assert "<" not in mensaje.texto


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
    assert "Enviar a 2 suscriptores" in pagina
    assert 'srcdoc="&lt;!DOCTYPE html&gt;' in pagina
    assert "Peso: bien" in pagina


def test_abrir_la_pantalla_no_envia_nada(client, edicion, comunicaciones):
    SuscriptorFactory()
    client.force_login(comunicaciones)
    client.get(reverse("boletin_enviar", args=[edicion.pk]))
    assert client.get(reverse("boletin_probar", args=[edicion.pk])).status_code == 405
    assert not Envio.objects.exists()


@pytest.mark.parametrize("nombre", ["boletin_enviar", "boletin_probar"])
@pytest.mark.parametrize("persona", [personas.coordinadora_de_cusco, personas.directora_de_ogauc])
def test_quien_no_es_de_comunicaciones_no_envia(client, edicion, persona, nombre):
    SuscriptorFactory()
    client.force_login(persona())
    client.post(reverse(nombre, args=[edicion.pk]))
    assert not Envio.objects.exists()


def test_la_lista_dice_el_estado_de_cada_edicion(client, archivo, edicion, comunicaciones):
    nueva_edicion(archivo, mes=11, live=False)
    nueva_edicion(archivo, mes=9)
    SuscriptorFactory()
    actions.enviar_boletin(boletin=edicion, por=comunicaciones)
    client.force_login(comunicaciones)
    pagina = client.get(reverse("boletines_ediciones")).content.decode()
    for esperado in ("Borrador", "Por enviar", "0 de 1", "Ver envío", "Nueva edición"):
        assert esperado in pagina


def test_la_lista_no_consulta_una_vez_por_edicion(client, archivo, comunicaciones, django_assert_max_num_queries):
    client.force_login(comunicaciones)
    for mes in range(1, 13):
        nueva_edicion(archivo, anio=2025, mes=mes)
    client.get(reverse("boletines_ediciones"))
    with django_assert_max_num_queries(30):
        client.get(reverse("boletines_ediciones"))


def test_el_menu_de_la_pagina_ofrece_enviar_solo_si_esta_publicada(client, archivo, edicion, comunicaciones):
    client.force_login(comunicaciones)
    url = reverse("boletin_enviar", args=[edicion.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[edicion.pk])).content.decode()
    borrador = nueva_edicion(archivo, mes=11, live=False)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[borrador.pk])).content.decode()
    assert reverse("boletin_enviar", args=[borrador.pk]) not in editor


def test_miles_de_suscriptores_se_anotan_por_tandas(edicion, comunicaciones, django_assert_max_num_queries):
    Suscriptor.objects.bulk_create(Suscriptor(correo=f"s{n}@correo.example", estado="confirmado") for n in range(2500))
    with django_assert_max_num_queries(70):
        actions.enviar_boletin(boletin=edicion, por=comunicaciones)
    assert Entrega.objects.count() == 2500
