"""Un comunicado se reenvía tal como se publicó, con su copia, y a nadie dos veces (R111)."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from boletines.actions import difusion as acciones
from boletines.models import CorreoDifundido
from boletines.segmentos import Segmento
from correo.actions import cancelar
from correo.cartero import repartir_pendientes
from correo.models import Entrega, Envio
from custodia.models import Huella
from directorio.models import Personal
from tests import personas
from tests.boletines.conftest import nuevo_comunicado
from tests.fabricas import EntidadFactory, OperadorFactory, PersonalFactory, SistemaFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
TEXTO = "<h3>Plazo</h3><p>Vence el <b>viernes</b>.</p><ul><li>Uno</li><li>Dos</li></ul>"
OFICIAL = f'{TEXTO}<p>Vea <a href="https://mef.example/norma">la norma</a>.</p>'


@pytest.fixture
def especialista(db):
    return personas.especialista_de_cusco()


@pytest.fixture
def comunicado(lista):
    pagina = nuevo_comunicado(lista, sistema=SistemaFactory(), cuerpo=OFICIAL)
    pagina.save_revision().publish()
    return pagina


@pytest.fixture
def directorio(cusco, arequipa):
    """Tres operadores de presupuesto y uno de otro sistema en Cusco, y uno de presupuesto en Arequipa."""
    PersonalFactory(cargo=Personal.Cargo.COORDINADOR, centro=cusco, correo="coordinadora@mef.example")
    operadores_de(cusco, "a@muni.example", "b@muni.example", "c@muni.example")
    operadores_de(arequipa, "lejos@muni.example")
    otro = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    OperadorFactory(entidad=EntidadFactory(centro=cusco), correo="tesoro@muni.example").sistemas.add(otro)


def operadores_de(centro, *correos):
    for correo in correos:
        OperadorFactory(entidad=EntidadFactory(centro=centro), correo=correo).sistemas.add(SistemaFactory())


def pantalla(comunicado):
    return reverse("difusion_reenviar", args=[comunicado.pk])


def formulario(client, comunicado, **cambios):
    """Lo que el navegador manda al pulsar «Enviar» sin tocar nada, salvo ``cambios``."""
    respuesta = client.get(pantalla(comunicado))
    form = respuesta.context["form"]
    datos = {nombre: form[nombre].value() for nombre in form.fields if nombre != "aunque_no_rija"}
    datos = {nombre: valor for nombre, valor in datos.items() if valor not in (None, "")}
    return datos | {"visto": respuesta.context["revision"].huella, "hacer": "enviar"} | cambios


def enviar(client, comunicado, **cambios):
    return client.post(pantalla(comunicado), formulario(client, comunicado, **cambios))


def a_quienes(envio):
    return sorted(envio.entregas.filter(es_copia=False).values_list("direccion", flat=True))


def segmento_de(centro):
    return Segmento(("operadores",), centro=centro.pk)


def test_viene_propuesto_lo_de_su_centro_en_el_sistema_del_comunicado(client, comunicado, directorio, especialista):
    client.force_login(especialista)

    revision = client.get(pantalla(comunicado)).context["revision"]

    assert revision.nuevas == 3
    assert revision.descripcion == "Entidades de Cusco: operadores de Presupuesto Público"


def test_r111_enviar_crea_una_entrega_por_operador_y_una_copia_por_persona(
    client, comunicado, directorio, especialista, cusco
):
    client.force_login(especialista)

    respuesta = enviar(client, comunicado)

    correo = CorreoDifundido.objects.get()
    assert respuesta.url == reverse("difusion_detalle", args=[correo.pk])
    assert a_quienes(correo.envio) == ["a@muni.example", "b@muni.example", "c@muni.example"]
    assert list(correo.envio.entregas.filter(es_copia=True).values_list("direccion", flat=True)) == [
        "coordinadora@mef.example"
    ]
    assert (correo.envio.es_masivo, correo.envio.centro, correo.envio.lista) == (True, cusco, "comunicados-cusco")
    assert Huella.objects.filter(accion="enviar comunicado", usuario=especialista).exists()


@pytest.mark.parametrize("campo", ["copias", "copia", "cc", "correos", "destinatarios"])
def test_las_copias_no_cambian_aunque_se_manipule_el_pedido(client, comunicado, directorio, especialista, campo):
    client.force_login(especialista)

    enviar(client, comunicado, **{campo: ["intruso@fuera.example"], f"quitar_{campo}": ["coordinadora@mef.example"]})

    direcciones = set(Entrega.objects.values_list("direccion", flat=True))
    assert "coordinadora@mef.example" in direcciones
    assert "intruso@fuera.example" not in direcciones


def test_la_copia_se_recalcula_al_enviar(client, comunicado, directorio, especialista, cusco):
    client.force_login(especialista)
    datos = formulario(client, comunicado)
    Personal.objects.filter(correo="coordinadora@mef.example").update(correo="nueva@mef.example")

    client.post(pantalla(comunicado), datos)

    assert Entrega.objects.get(es_copia=True).direccion == "nueva@mef.example"


def test_con_quinientos_destinatarios_la_copia_es_una(comunicado, directorio, especialista, cusco):
    entidad = EntidadFactory(centro=cusco)
    for n in range(500):
        OperadorFactory(entidad=entidad, correo=f"operador{n}@muni.example")

    correo = acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)

    assert correo.envio.entregas.filter(es_copia=False).count() == 504
    assert correo.envio.entregas.filter(es_copia=True).count() == 1


def test_cada_mensaje_va_a_una_sola_direccion_y_no_nombra_otras(comunicado, directorio, especialista, cusco):
    acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)
    Envio.objects.update(sale_en=None, estado=Envio.Estado.EN_COLA)
    repartir_pendientes()

    assert len(mail.outbox) == 5
    direcciones = set(Entrega.objects.values_list("direccion", flat=True))
    for mensaje in mail.outbox:
        [para] = mensaje.to
        assert (mensaje.cc, mensaje.bcc) == ([], [])
        entero = mensaje.message().as_string()
        ajenas = [d for d in direcciones if d not in para and d in entero]
        assert ajenas == []
        assert "Con copia: Coordinador de Centro, Especialistas y Responsables Técnicos." in mensaje.body


def test_r111_el_texto_es_identico_al_publicado(comunicado, directorio, especialista, cusco):
    correo = acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)

    sin_estilos = re.sub(r' style="[^"]*"', "", correo.envio.html)
    assert OFICIAL in sin_estilos
    assert (
        "Plazo\n\nVence el viernes.\n\n- Uno\n- Dos\n\nVea la norma (https://mef.example/norma)." in correo.envio.texto
    )


def test_sale_lo_publicado_y_no_el_borrador_que_alguien_esta_corrigiendo(comunicado, directorio, especialista, cusco):
    comunicado.title, comunicado.cuerpo = "Título en borrador", "<p>Texto en borrador</p>"
    comunicado.save_revision()

    correo = acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)

    assert correo.envio.asunto == "Comunicado: Cierre del SIAF"
    assert "borrador" not in correo.envio.html + correo.envio.texto


@pytest.mark.parametrize("campo", ["asunto", "cuerpo", "title", "titulo", "texto", "resumen"])
def test_ningun_campo_del_pedido_altera_el_comunicado(client, comunicado, directorio, especialista, campo):
    client.force_login(especialista)

    enviar(client, comunicado, **{campo: "Texto cambiado"})

    assert "Texto cambiado" not in Envio.objects.get().html


def test_a_quien_ya_lo_recibio_no_se_le_repite_y_se_dice_cuantos(client, comunicado, directorio, especialista, cusco):
    client.force_login(especialista)
    enviar(client, comunicado)
    operadores_de(cusco, "nuevo@muni.example")

    respuesta = client.get(pantalla(comunicado))
    assert (respuesta.context["revision"].nuevas, respuesta.context["revision"].ya_lo_tienen) == (1, 3)
    assert "3 ya lo recibieron y no se repiten" in respuesta.content.decode()
    assert str(especialista) in respuesta.content.decode()

    enviar(client, comunicado)
    assert a_quienes(Envio.objects.latest("pk")) == ["nuevo@muni.example"]


def test_si_otro_centro_o_la_sede_ya_lo_mando_tampoco_se_repite(comunicado, directorio, especialista, cusco):
    acciones.reenviar_comunicado(
        comunicado=comunicado, segmento=Segmento(("operadores",)), por=personas.comunicaciones()
    )

    with pytest.raises(acciones.NadieAQuienEnviar):
        acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)

    assert CorreoDifundido.objects.count() == Envio.objects.count() == 1


def test_a_quien_le_fallo_o_se_le_cancelo_si_se_le_vuelve_a_enviar(comunicado, directorio, especialista, cusco):
    primero = acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)
    primero.envio.entregas.filter(direccion="a@muni.example").update(estado="enviada")
    primero.envio.entregas.filter(direccion="b@muni.example").update(estado="fallida")
    cancelar(envio=primero.envio, por=especialista)

    segundo = acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)

    assert a_quienes(segundo.envio) == ["b@muni.example", "c@muni.example", "tesoro@muni.example"]


def test_dos_veces_el_mismo_clic_no_manda_dos_veces(client, comunicado, directorio, especialista):
    client.force_login(especialista)
    datos = formulario(client, comunicado)

    client.post(pantalla(comunicado), datos)
    respuesta = client.post(pantalla(comunicado), datos)

    assert Envio.objects.count() == 1
    assert respuesta.status_code == 200


def test_si_cambio_a_quienes_se_vuelve_a_mostrar_antes_de_enviar(client, comunicado, directorio, especialista):
    client.force_login(especialista)

    respuesta = enviar(client, comunicado, del_sistema="")

    assert not Envio.objects.exists()
    assert respuesta.context["revision"].nuevas == 4


def test_uno_que_ya_no_rige_avisa_y_pide_confirmar(client, lista, directorio, especialista):
    vencido = nuevo_comunicado(lista, vigente_hasta=HOY - dt.timedelta(days=1), sistema=SistemaFactory())
    client.force_login(especialista)

    sin_confirmar = enviar(client, vencido)
    assert "ya no rige" in sin_confirmar.content.decode()
    assert not Envio.objects.exists()

    enviar(client, vencido, aunque_no_rija="on")
    assert "Este comunicado ya no rige." in Envio.objects.get().html


def test_uno_sin_publicar_o_con_fecha_de_manana_no_se_reenvia(client, lista, directorio, especialista, cusco):
    borrador = nuevo_comunicado(lista, "Borrador", live=False)
    futuro = nuevo_comunicado(lista, "Futuro", fecha=HOY + dt.timedelta(days=1))
    client.force_login(especialista)

    for comunicado in (borrador, futuro):
        assert client.get(pantalla(comunicado)).status_code == 404
        with pytest.raises(acciones.ComunicadoSinPublicar):
            acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)
    assert not CorreoDifundido.objects.exists()


def test_un_reenvio_pasa_por_el_gobierno_y_la_urgencia_lleva_su_motivo(client, comunicado, directorio, especialista):
    client.force_login(especialista)

    enviar(client, comunicado, urgencia="Vence hoy a las seis")

    assert Envio.objects.get().urgencia == "Vence hoy a las seis"


def test_la_prueba_llega_solo_a_quien_la_pide_y_no_cuenta_como_reenvio(client, comunicado, directorio, especialista):
    especialista.email = "yo@mef.example"
    especialista.save()
    client.force_login(especialista)

    enviar(client, comunicado, hacer="prueba")

    [entrega] = Entrega.objects.all()
    assert entrega.direccion == "yo@mef.example"
    assert entrega.envio.asunto == "[Prueba] Comunicado: Cierre del SIAF"
    assert not CorreoDifundido.objects.exists()


def test_sin_correo_en_la_cuenta_la_prueba_lo_dice(client, comunicado, directorio, especialista):
    client.force_login(especialista)

    respuesta = enviar(client, comunicado, hacer="prueba")

    assert "Su cuenta no tiene correo" in respuesta.content.decode()
    assert not Envio.objects.exists()


def test_mirar_no_envia_ni_anota_nada(client, comunicado, directorio, especialista, django_assert_max_num_queries):
    client.force_login(especialista)
    client.get(pantalla(comunicado))

    with django_assert_max_num_queries(60):
        client.get(pantalla(comunicado))

    assert not Envio.objects.exists()
    assert not CorreoDifundido.objects.exists()


def test_las_respuestas_llegan_a_quien_lo_reenvia(comunicado, directorio, especialista, cusco):
    especialista.email = "yo@mef.example"
    especialista.save()

    correo = acciones.reenviar_comunicado(comunicado=comunicado, segmento=segmento_de(cusco), por=especialista)

    assert correo.envio.responder_a == "yo@mef.example"


def test_un_titulo_con_saltos_no_abre_otra_cabecera(lista, directorio, especialista, cusco):
    malo = nuevo_comunicado(lista, "Plazo\r\nBcc: intruso@fuera.example")

    correo = acciones.reenviar_comunicado(comunicado=malo, segmento=segmento_de(cusco), por=especialista)
    Envio.objects.update(sale_en=None, estado=Envio.Estado.EN_COLA)
    repartir_pendientes()

    assert "\n" not in correo.envio.asunto
    assert all("Bcc" not in mensaje.message() for mensaje in mail.outbox)
