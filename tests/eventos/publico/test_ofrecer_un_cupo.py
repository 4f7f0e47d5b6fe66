"""El cupo que se libera se ofrece con plazo: quien espera lo acepta, lo deja o lo pierde."""

import datetime as dt

import pytest
from django.utils import timezone

from comun.registros import periodicas
from correo.models import Envio
from custodia.models import Huella
from eventos.actions.inscripcion import anular, inscribir
from eventos.actions.oferta import OfertaVencida, SinOferta, aceptar, ofrecer, vencer
from eventos.models import Inscripcion
from eventos.periodicas import vencer_ofertas
from organizacion.models import AjustesPortal
from tests.fabricas import CapacitacionFactory, DiaNoLaborableFactory, InscripcionFactory, SesionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", cupos=1, dias=60)


@pytest.fixture
def confirmada(curso):
    return InscripcionFactory(capacitacion=curso, orden=1)


@pytest.fixture
def primera(curso, confirmada):
    return InscripcionFactory(capacitacion=curso, estado="en_espera", orden=2)


@pytest.fixture
def segunda(curso, primera):
    return InscripcionFactory(capacitacion=curso, estado="en_espera", orden=3)


@pytest.fixture
def ofrecida(confirmada, primera, segunda):
    """La primera de la espera, con el cupo que dejó la confirmada."""
    anular(inscripcion=confirmada)
    return leida(primera)


@pytest.fixture
def reloj(monkeypatch):
    """``reloj(momento)`` pone el portal en ese momento."""
    return lambda momento: monkeypatch.setattr(timezone, "now", lambda: momento)


def leida(inscripcion):
    return Inscripcion.objects.select_related("capacitacion").get(pk=inscripcion.pk)


def estados(*inscripciones):
    return [leida(inscripcion).estado for inscripcion in inscripciones]


def lima(*partes):
    return timezone.make_aware(dt.datetime(*partes))


def que_empieza(curso, momento):
    curso.sesiones.all().delete()
    SesionFactory(capacitacion=curso, fecha=momento.date(), hora_inicio=momento.time(), hora_fin=dt.time(18))


def vence(inscripcion, hace=dt.timedelta(minutes=1)):
    Inscripcion.objects.filter(pk=inscripcion.pk).update(oferta_vence_en=timezone.now() - hace)
    return leida(inscripcion)


# --- El plazo ---


@pytest.mark.parametrize(
    ("ahora", "horas", "esperado"),
    [
        (lima(2026, 11, 23, 11), 10, lima(2026, 11, 24, 11)),
        (lima(2026, 11, 27, 15), 10, lima(2026, 11, 30, 15)),  # viernes: corre el lunes
        (lima(2026, 12, 7, 20), 4, lima(2026, 12, 10, 12)),  # de noche, antes de dos feriados
    ],
)
def test_el_plazo_corre_en_horas_habiles(reloj, curso, primera, confirmada, ahora, horas, esperado):
    AjustesPortal.objects.update_or_create(pk=1, defaults={"horas_de_oferta": horas})
    que_empieza(curso, lima(2027, 1, 20, 9))
    reloj(ahora)
    anular(inscripcion=confirmada)
    assert leida(primera).oferta_vence_en == esperado


def test_el_plazo_salta_el_dia_no_laborable_del_centro(reloj, curso, primera, confirmada):
    DiaNoLaborableFactory(fecha=dt.date(2026, 11, 24))
    que_empieza(curso, lima(2027, 1, 20, 9))
    reloj(lima(2026, 11, 23, 11))
    anular(inscripcion=confirmada)
    assert leida(primera).oferta_vence_en == lima(2026, 11, 25, 11)


@pytest.mark.parametrize("ahora", [lima(2026, 11, 24, 8, 30), lima(2026, 11, 23, 17)])
def test_el_plazo_nunca_pasa_del_comienzo(reloj, curso, primera, confirmada, ahora):
    """A media hora de empezar no queda ni una hora hábil: vence al comenzar."""
    que_empieza(curso, lima(2026, 11, 24, 9))
    reloj(ahora)
    anular(inscripcion=confirmada)
    assert leida(primera).oferta_vence_en == lima(2026, 11, 24, 9)


def test_si_se_adelanta_la_capacitacion_la_oferta_vence_antes(curso, ofrecida):
    nuevo = timezone.localtime(timezone.now() + dt.timedelta(hours=1)).replace(second=0, microsecond=0)
    Inscripcion.objects.filter(pk=ofrecida.pk).update(oferta_vence_en=timezone.now() + dt.timedelta(days=3))
    curso.sesiones.update(fecha=nuevo.date(), hora_inicio=nuevo.time(), hora_fin=dt.time(23, 59))
    ofrecer(capacitacion=curso)
    assert leida(ofrecida).oferta_vence_en == nuevo


# --- Quién la recibe ---


def test_mientras_corre_nadie_mas_toma_el_cupo(curso, ofrecida, segunda):
    nueva = inscribir(capacitacion=curso, datos=datos_de_alguien())
    assert estados(ofrecida, segunda, nueva) == ["ofrecida", "en_espera", "en_espera"]


def datos_de_alguien():
    return {
        "tipo_documento": "dni",
        "numero_documento": "41999999",
        "nombres": "Elmer",
        "apellidos": "Ccahuana",
        "correo": "elmer@muni.example",
        "telefono": "984000000",
    }


def test_quien_llega_con_gente_esperando_no_se_adelanta(curso, primera, segunda):
    """Hay dos cupos nuevos y tres personas: primero se ofrece a las dos que esperaban."""
    curso.cupos = 3
    curso.save()
    nueva = inscribir(capacitacion=curso, datos=datos_de_alguien())
    assert estados(primera, segunda, nueva) == ["ofrecida", "ofrecida", "en_espera"]


def test_si_tras_ofrecer_queda_cupo_la_nueva_se_confirma(curso, primera):
    curso.cupos = 3
    curso.save()
    nueva = inscribir(capacitacion=curso, datos=datos_de_alguien())
    assert estados(primera, nueva) == ["ofrecida", "confirmada"]


def test_sin_limite_de_cupos_no_hay_nada_que_ofrecer_y_se_confirma(curso, ofrecida, segunda):
    curso.cupos = None
    curso.save()
    ofrecer(capacitacion=curso)
    assert estados(ofrecida, segunda) == ["confirmada", "confirmada"]
    assert leida(ofrecida).oferta_vence_en is None


def test_empezada_la_capacitacion_ya_no_se_ofrece(curso, confirmada, primera):
    curso.sesiones.update(fecha=timezone.localdate() - dt.timedelta(days=1))
    anular(inscripcion=confirmada)
    assert estados(primera) == ["en_espera"]


# --- Aceptar ---


def test_aceptar_confirma_y_avisa_con_agenda(ofrecida):
    assert aceptar(inscripcion=ofrecida).estado == "confirmada"
    assert leida(ofrecida).oferta_vence_en is None
    envio = Envio.objects.get(clave=f"inscripcion:{ofrecida.pk}:confirmada")
    assert envio.asunto == "CONFIRMADO: Cierre contable"
    assert [adjunto["nombre"] for adjunto in envio.adjuntos] == ["capacitacion.ics"]


def test_aceptar_dos_veces_no_hace_dano(ofrecida):
    aceptar(inscripcion=ofrecida)
    aceptar(inscripcion=ofrecida)
    assert Envio.objects.filter(asunto__startswith="CONFIRMADO").count() == 1
    assert Huella.objects.filter(accion="aceptar cupo").count() == 1


def test_vencida_no_se_acepta_aunque_nadie_la_haya_anulado_aun(ofrecida):
    ofrecida = vence(ofrecida)
    with pytest.raises(OfertaVencida, match="ya venció"):
        aceptar(inscripcion=ofrecida)
    assert estados(ofrecida) == ["ofrecida"]


def test_anulada_por_vencida_se_explica_igual(ofrecida):
    vencer(inscripcion=vence(ofrecida))
    with pytest.raises(OfertaVencida):
        aceptar(inscripcion=ofrecida)


def test_quien_espera_o_cancelo_no_tiene_que_aceptar(ofrecida, segunda, confirmada):
    for inscripcion, dice in ((segunda, "sigue en la lista de espera"), (confirmada, "ya está cancelada")):
        with pytest.raises(SinOferta, match=dice):
            aceptar(inscripcion=inscripcion)


def test_en_una_cancelada_no_se_acepta_ni_vence(curso, ofrecida):
    curso.estado = "cancelada"
    curso.save()
    with pytest.raises(SinOferta, match="se canceló"):
        aceptar(inscripcion=ofrecida)
    vence(ofrecida)
    assert vencer_ofertas() == ""
    assert estados(ofrecida) == ["ofrecida"]


def test_el_personal_la_acepta_por_telefono_con_rastro(ofrecida, coordinadora):
    aceptar(inscripcion=ofrecida, por=coordinadora)
    huella = Huella.objects.get(accion="aceptar cupo por teléfono")
    assert (huella.usuario, huella.objeto) == (coordinadora, str(ofrecida.pk))


def test_si_el_aviso_falla_no_se_acepta_a_medias(ofrecida, monkeypatch):
    def falla(**datos):
        raise RuntimeError("bandeja caída")

    monkeypatch.setattr("eventos.correos.poner_en_cola", falla)
    with pytest.raises(RuntimeError):
        aceptar(inscripcion=ofrecida)
    assert estados(ofrecida) == ["ofrecida"]


# --- Vencer ---


def test_al_vencer_se_avisa_y_se_ofrece_a_quien_sigue(ofrecida, segunda):
    vence(ofrecida)
    assert vencer_ofertas() == "1 ofertas vencidas"
    assert estados(ofrecida, segunda) == ["anulada", "ofrecida"]
    assert leida(ofrecida).motivo_anulacion == "oferta_vencida"
    envio = Envio.objects.get(clave=f"inscripcion:{ofrecida.pk}:anulada")
    assert envio.asunto.startswith("CANCELADO: ")
    assert "venció el plazo" in envio.texto


def test_la_que_corre_no_vence_y_repetir_no_hace_nada(ofrecida, segunda):
    assert vencer_ofertas() == ""
    vence(ofrecida)
    vencer_ofertas()
    assert vencer_ofertas() == ""
    assert vencer(inscripcion=segunda).estado == "ofrecida"


def test_vencer_es_un_trabajo_periodico():
    assert vencer_ofertas in periodicas
