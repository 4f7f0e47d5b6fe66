"""El recorrido de una solicitud: quién es, qué falta, cuánto queda y qué se responde."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from correo.models import Envio
from custodia.actions import derechos
from custodia.actions.derechos import NoProcede
from custodia.models import PasoDeSolicitud, SolicitudDeDerechos
from custodia.reloj import dias_que_faltan, semaforo, sumar_habiles
from intranet.bandeja import asuntos_de
from tests.custodia.derechos import oficial, solicitud, verificada
from tests.fabricas import DiaNoLaborableFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def odp():
    return oficial()


@pytest.fixture
def cliente(client, odp):
    client.force_login(odp)
    return client


def dar(cliente, una, paso, **datos):
    return cliente.post(reverse("custodia_solicitud_paso", args=[una.pk, paso]), datos)


def test_los_dias_habiles_saltan_fines_de_semana_feriados_y_decretados():
    viernes = dt.date(2026, 11, 27)
    assert sumar_habiles(viernes, 1) == dt.date(2026, 11, 30)
    assert sumar_habiles(dt.date(2026, 12, 7), 1) == dt.date(2026, 12, 10)  # 8 y 9 de diciembre son feriados
    DiaNoLaborableFactory(fecha=dt.date(2026, 11, 30))
    assert sumar_habiles(viernes, 1) == dt.date(2026, 12, 1)


def test_el_recorrido_entero_por_las_pantallas(cliente):
    una = solicitud()
    assert dar(cliente, una, "tomar").status_code == 302
    assert dar(cliente, una, "verificar", identidad="documento", correos="rosa@muni.example").status_code == 302
    assert dar(cliente, una, "atender", texto="Le entregamos la copia en el centro.").status_code == 302
    una.refresh_from_db()
    assert (una.estado, una.correos) == ("atendida", frozenset({"rosa@muni.example"}))
    assert [p.que for p in una.pasos.all()] == ["Recibida", "En verificación", "Identidad verificada", "Atendida"]
    assert "Le entregamos la copia" in Envio.objects.latest("pk").texto
    ficha = cliente.get(reverse("custodia_solicitud", args=[una.pk])).text
    assert "Le entregamos la copia" in ficha
    assert "40123456" not in ficha


def test_sin_verificar_la_identidad_no_se_atiende(odp):
    with pytest.raises(NoProcede):
        derechos.atender(solicitud=solicitud(), respuesta="Aquí van", por=odp)
    assert SolicitudDeDerechos.objects.get().estado == "recibida"


def test_la_identidad_por_copia_exige_que_haya_copia(cliente):
    una = solicitud()
    respuesta = dar(cliente, una, "verificar", identidad="copia", correos="")
    assert "Adjunte antes la copia" in respuesta.text
    una.refresh_from_db()
    assert una.estado == "recibida"


def test_un_correo_mal_escrito_al_verificar_se_dice(cliente):
    respuesta = dar(cliente, solicitud(), "verificar", identidad="documento", correos="rosa@")
    assert "«rosa@» no es un correo" in respuesta.text


def test_pedir_que_subsane_detiene_el_reloj_y_al_subsanar_sigue(odp):
    una = solicitud("rectificacion")
    faltaban = dias_que_faltan(una)
    una = derechos.observar(solicitud=una, texto="Falta la copia.", por=odp)
    assert semaforo(una) == "en-pausa"
    mucho_despues = timezone.localdate() + dt.timedelta(days=60)
    assert semaforo(una, mucho_despues) == "en-pausa"
    assert dias_que_faltan(una, mucho_despues) == faltaban
    assert "Falta la copia." in Envio.objects.latest("pk").texto
    una = derechos.subsanar(solicitud=una, texto="La trajo", por=odp)
    assert (una.estado, dias_que_faltan(una)) == ("en_verificacion", faltaban)


def test_el_plazo_se_amplia_una_sola_vez_y_con_motivo(cliente, odp):
    una = solicitud("rectificacion")
    assert dar(cliente, una, "ampliar", texto="").status_code == 200
    antes = una.vence_el
    una = derechos.ampliar(solicitud=una, motivo="Está en otro archivo.", por=odp)
    assert una.vence_el == sumar_habiles(antes, 10)
    with pytest.raises(NoProcede, match="una sola vez"):
        derechos.ampliar(solicitud=una, motivo="Otra vez.", por=odp)
    assert "Está en otro archivo." in Envio.objects.latest("pk").texto


def test_vencida_no_se_amplia(odp):
    una = solicitud()
    SolicitudDeDerechos.objects.update(vence_el=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(NoProcede, match="ya venció"):
        derechos.ampliar(solicitud=una, motivo="Tarde", por=odp)


def test_vencida_no_se_le_detiene_el_reloj(cliente, odp):
    una = solicitud("rectificacion", recibida_el=timezone.localdate() - dt.timedelta(days=60))
    assert "El plazo ya venció" in dar(cliente, una, "observar", texto="Falta su firma").text
    una.refresh_from_db()
    assert semaforo(una) == "vencida"


@pytest.mark.parametrize(("paso", "estado"), [("denegar", "denegada"), ("anular", "anulada")])
def test_se_cierra_con_motivo_y_no_se_borra(cliente, paso, estado):
    una = solicitud()
    assert "obligatorio" in dar(cliente, una, paso, texto="").text
    dar(cliente, una, paso, texto="No corresponde.")
    una.refresh_from_db()
    assert (una.estado, una.respuesta) == (estado, "No corresponde.")
    assert PasoDeSolicitud.objects.filter(solicitud=una).count() == 2
    assert "ya no procede" in dar(cliente, una, paso, texto="Otra vez").text


def test_anular_la_que_estaba_por_subsanar_la_saca_de_la_pausa(odp):
    una = derechos.observar(solicitud=solicitud(), texto="Falta", por=odp)
    una = derechos.anular(solicitud=una, motivo="No la trajo.", por=odp)
    assert (una.estado, una.pausada_el, semaforo(una)) == ("anulada", None, "cerrada")


def test_la_vencida_se_ve_en_rojo_en_el_panel_y_en_la_bandeja(cliente, odp):
    una = solicitud()
    SolicitudDeDerechos.objects.update(vence_el=timezone.localdate() - dt.timedelta(days=3))
    panel = cliente.get(reverse("custodia_privacidad")).text
    assert "1 vencida" in panel
    assert "reloj-vencida" in panel
    asunto = next(a for a in asuntos_de(odp) if a.titulo == "Solicitudes sobre datos personales")
    assert asunto.es_urgente
    assert asunto.lineas[0].detalle.startswith("Atrasada: venció")
    assert una.numero in cliente.get(reverse("custodia_solicitudes"), {"ver": "vencidas"}).text


def test_un_paso_que_no_existe_es_404(cliente):
    assert dar(cliente, solicitud(), "borrar").status_code == 404


def test_el_centro_no_da_pasos(client, coordinadora):
    una = solicitud(centro=coordinadora.centro)
    client.force_login(coordinadora)
    assert dar(client, una, "tomar").status_code == 403
    una.refresh_from_db()
    assert una.estado == "recibida"
    assert "Empezar a verificar" not in client.get(reverse("custodia_solicitud", args=[una.pk])).text


def test_ver_la_copia_del_documento_queda_anotado(cliente, odp):
    from custodia.actions.efectos import adjuntar_documento
    from custodia.models import Huella

    una = adjuntar_documento(solicitud=verificada(por=odp), contenido=b"%PDF-1.7 nada", por=odp)
    respuesta = cliente.get(reverse("custodia_solicitud_documento", args=[una.pk]))
    assert b"".join(respuesta.streaming_content) == b"%PDF-1.7 nada"
    assert Huella.objects.filter(accion="ver la copia de un documento", objeto=str(una.pk)).exists()
