"""Las pantallas de quien firma, de quien espera la firma y de quien detiene lo suyo."""

import datetime as dt
from html import escape

import pytest
from django.urls import reverse
from django.utils import timezone

from correo.actions import Destinatario
from correo.mensaje import MARCAS
from correo.models import Entrega, Envio, Suceso
from correo.permissions import puede_detener
from correo.vista_previa import EJEMPLO
from intranet.bandeja import asuntos_de
from organizacion.models import AjustesPortal, Rol
from tests.correo.cola import direcciones, encolar, encolar_boletin
from tests.fabricas import SistemaFactory
from tests.personas import con_rol, especialista_de_cusco

pytestmark = pytest.mark.django_db
E = Envio.Estado
CUERPO = {"texto": "Hola %NOMBRE%\n%URL_BAJA%", "html": '<p>Hola %NOMBRE%</p><a href="%URL_BAJA%">Baja</a>'}


@pytest.fixture
def por_aprobar(comunicaciones):
    AjustesPortal.load()
    AjustesPortal.objects.update(tope_sin_segunda_firma=3)
    copias = [Destinatario("coordinadora@conectamef.example", nombre="Rosa Mamani")]
    return encolar_boletin(
        *direcciones(4),
        **CUERPO,
        sin_espera=False,
        por=comunicaciones,
        copias=copias,
        dirigido_a="Todos los suscriptores",
    )


def url_de(envio, accion=None):
    if accion == "devolver":
        return reverse("correo_envio_devolver", args=[envio.pk])
    return reverse(
        "correo_envio_actuar" if accion else "correo_envio_detalle", args=[envio.pk, *filter(None, [accion])]
    )


def ver(client, usuario, envio):
    client.force_login(usuario)
    return client.get(url_de(envio)).text


def dar(client, usuario, envio, accion, **datos):
    client.force_login(usuario)
    respuesta = client.post(url_de(envio, accion), datos, follow=True)
    envio.refresh_from_db()
    return respuesta


def asuntos(usuario):
    return {a.titulo: [(linea.texto, linea.detalle) for linea in a.lineas] for a in asuntos_de(usuario)}


def test_quien_firma_ve_el_mensaje_a_quien_va_y_las_copias(client, ogauc, por_aprobar):
    pagina = ver(client, ogauc, por_aprobar)
    assert "Espera su segunda firma" in pagina
    assert "Todos los suscriptores" in pagina
    assert "persona0@correo.example" in pagina
    assert "coordinadora@conectamef.example" in pagina
    html = escape('<p>Hola Nombre y apellido</p><a href="')
    assert f'<iframe class="envio-previa" sandbox srcdoc="{html}' in pagina
    assert "Firmar para que salga" in pagina


def test_la_vista_previa_no_lleva_la_baja_de_nadie(client, ogauc, por_aprobar):
    pagina = ver(client, ogauc, por_aprobar)
    assert "/baja/" not in pagina
    assert "%URL_BAJA%" not in pagina


def test_la_vista_previa_sabe_llenar_todas_las_marcas():
    assert set(EJEMPLO) == set(MARCAS)


def test_firmarlo_lo_pone_a_reposar_y_dice_quien_firmo(client, ogauc, por_aprobar):
    respuesta = dar(client, ogauc, por_aprobar, "firmar")
    assert (por_aprobar.estado, por_aprobar.aprobado_por) == (E.EN_COLA, ogauc)
    assert "todavía se puede cancelar" in respuesta.text
    assert "Segunda firma: ogauc" in respuesta.text
    assert "Firmar para que salga" not in respuesta.text


def test_en_el_reposo_se_cancela_y_no_hay_enviar_ya(client, comunicaciones, ogauc, por_aprobar):
    dar(client, ogauc, por_aprobar, "firmar")
    pagina = ver(client, comunicaciones, por_aprobar)
    assert "Sí, cancelar el envío" in pagina
    assert "Pausar" not in pagina
    dar(client, comunicaciones, por_aprobar, "cancelar")
    assert por_aprobar.estado == E.CANCELADO


def test_quien_lo_preparo_no_tiene_el_boton_y_si_lo_fuerza_se_le_dice_por_que(client, comunicaciones, por_aprobar):
    assert "Firmar para que salga" not in ver(client, comunicaciones, por_aprobar)
    respuesta = dar(client, comunicaciones, por_aprobar, "firmar")
    assert "La segunda firma la da otra persona" in respuesta.text
    assert por_aprobar.estado == E.POR_APROBAR


@pytest.mark.parametrize("accion", ["firmar", "devolver"])
@pytest.mark.parametrize("rol", [Rol.ADMINISTRADOR, Rol.RESPONSABLE_TECNICO])
def test_sin_el_permiso_no_se_firma_ni_se_devuelve(client, por_aprobar, rol, accion):
    alguien = con_rol("alguien", rol, sistema=SistemaFactory() if rol == Rol.RESPONSABLE_TECNICO else None)
    dar(client, alguien, por_aprobar, accion, motivo="x")
    assert por_aprobar.estado == E.POR_APROBAR


def test_se_devuelve_con_su_motivo(client, ogauc, comunicaciones, por_aprobar):
    respuesta = dar(client, ogauc, por_aprobar, "devolver", motivo="  ")
    assert "Escriba por qué lo devuelve." in respuesta.text
    assert por_aprobar.estado == E.POR_APROBAR
    dar(client, ogauc, por_aprobar, "devolver", motivo="El enlace de la norma está roto")
    assert por_aprobar.estado == E.CANCELADO
    assert "Devuelto sin firma: El enlace de la norma está roto" in ver(client, comunicaciones, por_aprobar)


@pytest.mark.parametrize("motivo", ["a\x00b", "x" * 500], ids=["nulo", "largo"])
def test_un_motivo_imposible_no_devuelve_ni_rompe(client, ogauc, por_aprobar, motivo):
    assert dar(client, ogauc, por_aprobar, "devolver", motivo=motivo).status_code == 200
    assert por_aprobar.estado == E.POR_APROBAR


def test_firmar_es_un_post(client, ogauc, por_aprobar):
    client.force_login(ogauc)
    for accion in ("firmar", "devolver"):
        assert client.get(url_de(por_aprobar, accion)).status_code == 405


def test_la_lista_tiene_los_que_esperan_firma(client, ogauc, por_aprobar):
    otro = encolar_boletin("a@x.example", clave="boletin:2")
    client.force_login(ogauc)
    pagina = client.get("/intranet/envios/", {"ver": "por-aprobar"})
    assert list(pagina.context["pagina"]) == [por_aprobar]
    assert "Espera la segunda firma de otra persona" in pagina.text
    assert otro in client.get("/intranet/envios/").context["pagina"].object_list


def test_la_bandeja_lo_pide_a_quien_puede_firmar_y_a_quien_lo_preparo_le_dice_que_espera(
    inicio, ogauc, comunicaciones, por_aprobar
):
    assert asuntos(ogauc)["Envíos por aprobar"] == [(por_aprobar.asunto, "Lo preparó comunicaciones · 5 mensajes")]
    assert "Envíos en curso" not in asuntos(ogauc)
    assert "Envíos por aprobar" not in asuntos(comunicaciones)
    [(_, detalle)] = asuntos(comunicaciones)["Envíos en curso"]
    assert detalle == "Espera la segunda firma de otra persona · faltan 5"


def test_la_bandeja_tambien_pide_la_firma_de_lo_que_preparo_el_portal(inicio, comunicaciones, por_aprobar):
    Envio.objects.update(creado_por=None)
    assert asuntos(comunicaciones)["Envíos por aprobar"] == [(por_aprobar.asunto, "Lo preparó el portal · 5 mensajes")]


def test_cada_formulario_lleva_su_defensa(client, ogauc, comunicaciones, por_aprobar):
    """Sin ella el navegador recibiría un 403 al pulsar: el cliente de pruebas no la mira."""
    assert ver(client, ogauc, por_aprobar).count("csrfmiddlewaretoken") >= 2
    Envio.objects.update(estado=E.EN_COLA, sale_en=None)
    Entrega.objects.update(estado=Entrega.Estado.FALLIDA)
    pagina = ver(client, comunicaciones, por_aprobar)
    assert pagina.count('name="csrfmiddlewaretoken"') >= pagina.count(' action="/intranet/envios/')


# --- el centro detiene lo suyo ---


@pytest.fixture
def especialista(db):
    return especialista_de_cusco()


def test_quien_preparo_un_envio_de_su_centro_lo_pausa_y_lo_cancela(client, especialista, cusco):
    envio = encolar_boletin(*direcciones(2), centro=cusco, por=especialista)
    assert "Pausar" in ver(client, especialista, envio)
    dar(client, especialista, envio, "pausar")
    assert envio.estado == E.EN_PAUSA
    pagina = ver(client, especialista, envio)
    assert "Reanudar" not in pagina
    assert "pídalo a la sede" in pagina
    dar(client, especialista, envio, "reanudar")
    assert envio.estado == E.EN_PAUSA
    dar(client, especialista, envio, "cancelar")
    assert envio.estado == E.CANCELADO


def test_no_detiene_lo_que_preparo_otra_persona_ni_lo_de_otro_centro(
    client, especialista, coordinadora, cusco, arequipa, comunicaciones
):
    de_la_coordinadora = encolar(clave="aviso:1", centro=cusco, por=coordinadora)
    de_arequipa = encolar(clave="aviso:2", centro=arequipa, por=especialista)
    for envio in (de_la_coordinadora, de_arequipa):
        assert not puede_detener(especialista, envio)
        assert puede_detener(comunicaciones, envio)
        assert dar(client, especialista, envio, "cancelar").status_code in (200, 403, 404)
        assert envio.estado == E.EN_COLA


def test_quien_lo_preparo_retira_lo_que_espera_firma_aunque_sea_de_la_sede(client, por_aprobar, ogauc):
    Envio.objects.update(creado_por=ogauc)
    por_aprobar.refresh_from_db()
    assert "Sí, cancelar el envío" in ver(client, ogauc, por_aprobar)
    dar(client, ogauc, por_aprobar, "cancelar")
    assert por_aprobar.estado == E.CANCELADO


# --- resultados ---


def suceso(entrega, tipo, detalle="", n=0):
    return Suceso.objects.create(
        origen="prueba",
        identificador=f"{entrega.pk}:{tipo}:{n}",
        tipo=tipo,
        direccion=entrega.direccion,
        entrega=entrega,
        ocurrido_en=timezone.now() - dt.timedelta(hours=1),
        detalle=detalle,
    )


def test_los_resultados_cuentan_entregas_y_no_avisos(client, comunicaciones):
    envio = encolar_boletin(*direcciones(5))
    entregas = list(envio.entregas.order_by("pk"))
    Entrega.objects.update(estado=Entrega.Estado.ENVIADA)
    Entrega.objects.filter(pk=entregas[0].pk).update(estado=Entrega.Estado.REBOTADA)
    suceso(entregas[0], Suceso.Tipo.REBOTE, "550 5.1.1 no existe")
    for n in range(2):
        suceso(entregas[1], Suceso.Tipo.QUEJA, n=n)
    suceso(entregas[2], Suceso.Tipo.BAJA)
    suceso(entregas[3], Suceso.Tipo.REBOTE_PASAJERO)
    client.force_login(comunicaciones)
    respuesta = client.get(url_de(envio))
    r = respuesta.context["resultados"]
    assert (r.rebotes, r.pasajeros, r.quejas, r.bajas) == (1, 1, 1, 1)
    assert respuesta.context["avance"].rebotadas == 1
    assert respuesta.context["avance"].enviadas == 4
    assert "550 5.1.1 no existe" in respuesta.text


def test_un_aviso_personal_que_rebota_se_ve(client, comunicaciones):
    envio = encolar()
    una = envio.entregas.get()
    Entrega.objects.update(estado=Entrega.Estado.REBOTADA)
    suceso(una, Suceso.Tipo.REBOTE, "550 buzón inexistente")
    pagina = ver(client, comunicaciones, envio)
    assert "Rebotó" in pagina
    assert "550 buzón inexistente" in pagina


def test_el_avance_cambia_de_fase_al_terminar_el_reposo(client, comunicaciones):
    envio = encolar_boletin(*direcciones(2), sin_espera=False)
    client.force_login(comunicaciones)
    avance = reverse("correo_envio_avance", args=[envio.pk])
    assert 'data-fase="reposo" data-en-cola' in client.get(avance).text
    Envio.objects.update(sale_en=timezone.now())
    assert 'data-fase="en_cola" data-en-cola' in client.get(avance).text
