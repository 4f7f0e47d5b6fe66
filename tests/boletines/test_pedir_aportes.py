"""El 20 se pide a cada quien su parte, se recuerda a quien no entregó, y nada se repite (R108, R109)."""

import datetime as dt

import pytest
from django.urls import reverse

from boletines.actions.aporte import ampliar_plazo, devolver, entregar, recordar, usar_borrador_automatico
from boletines.actions.edicion import abrir_edicion
from boletines.models import Aporte, Edicion
from boletines.periodicas import pedir_aportes, recordar_aportes
from comun.registros import periodicas
from correo.models import Entrega, Envio
from custodia.models import Huella
from organizacion.models import Rol
from tests import personas
from tests.boletines.ayudas import *  # noqa: F403 - las piezas de estas pruebas
from tests.boletines.ayudas import aporte_de, con_correo, escrito
from tests.fabricas import CentroFactory, DiaNoLaborableFactory, PersonalFactory, SistemaFactory

pytestmark = pytest.mark.django_db


def enviados(contiene="") -> list[str]:
    return list(Envio.objects.filter(clave__contains=contiene).order_by("pk").values_list("asunto", flat=True))


def a_quienes(contiene="") -> set[str]:
    return set(Entrega.objects.filter(envio__clave__contains=contiene).values_list("direccion", flat=True))


def test_las_dos_tareas_estan_anotadas():
    assert {pedir_aportes, recordar_aportes} <= set(periodicas)


def test_antes_del_20_no_se_pide_nada_y_el_20_a_las_ocho_se_pide_a_todos(reloj, coordinadora, responsable):
    reloj(19)
    assert pedir_aportes() == ""
    reloj(20, hora=7)
    assert pedir_aportes() == ""
    reloj(20, hora=8)
    assert pedir_aportes() == "aportes de noviembre de 2026: 2"

    de_cusco = Aporte.objects.get(centro__nombre="Cusco")
    tecnico = Aporte.objects.get(sistema__isnull=False)
    assert de_cusco.plazo == dt.date(2026, 11, 25)
    assert tecnico.plazo == dt.date(2026, 11, 30)
    assert a_quienes() == {"coordinadora.cusco@mef.example", "responsable.presupuesto@mef.example"}
    envio = Envio.objects.get(clave=f"aporte:{de_cusco.pk}:pedido")
    assert envio.asunto == "Su parte del boletín de noviembre de 2026: hasta el miércoles 25 de noviembre de 2026"
    assert reverse("aporte", args=[de_cusco.pk]) in envio.texto
    assert reverse("aporte", args=[de_cusco.pk]) in envio.html


def test_repetirla_cada_minuto_no_pide_dos_veces(reloj, coordinadora, responsable):
    for dia in range(20, 31):
        for hora in (8, 12, 23):
            reloj(dia, hora)
            pedir_aportes()
    assert Edicion.objects.count() == 1
    assert Aporte.objects.count() == 2
    assert Envio.objects.count() == 2


def test_si_el_portal_estuvo_apagado_el_20_lo_pide_el_dia_que_vuelve(reloj, coordinadora):
    reloj(23)
    pedir_aportes()
    assert Aporte.objects.get().plazo == dt.date(2026, 11, 25)


def test_si_vuelve_despues_del_25_el_plazo_es_el_dia_habil_siguiente_y_no_llueven_recordatorios(reloj, coordinadora):
    reloj(27)  # viernes
    pedir_aportes()
    assert Aporte.objects.get().plazo == dt.date(2026, 11, 30)
    recordar_aportes()
    assert len(enviados()) == 1
    reloj(28)
    recordar_aportes()
    assert enviados("recordatorio") == []
    reloj(30)
    recordar_aportes()
    assert enviados("recordatorio") == ["RECORDATORIO: su parte del boletín de noviembre de 2026"]


def test_si_vuelve_el_mes_siguiente_ya_no_pide_la_del_pasado(reloj, coordinadora):
    reloj(2, mes=12)
    assert pedir_aportes() == ""
    assert not Edicion.objects.exists()


def test_un_centro_que_se_activa_despues_tambien_recibe_su_pedido_y_los_demas_no_otro(reloj, edicion):
    reloj(22)
    CentroFactory(nombre="Iquitos", correo="iquitos@mef.example")
    pedir_aportes()
    assert edicion.aportes.count() == 4
    assert len(enviados("pedido")) == 4


def test_un_centro_cerrado_y_un_sistema_sin_responsable_no_reciben_pedido(reloj, coordinadora):
    CentroFactory(nombre="Cerrado", esta_activo=False)
    SistemaFactory(nombre="Huérfano", slug="huerfano")
    reloj(20)
    edicion = abrir_edicion(anio=2026, mes=11)
    assert [str(aporte.centro) for aporte in edicion.aportes.all()] == ["Cusco"]


def test_el_feriado_decretado_en_el_departamento_corre_solo_el_plazo_de_ese_centro(reloj, coordinadora):
    cusco = personas.cusco()
    from tests.fabricas import DepartamentoFactory, DistritoFactory

    cusco.distrito = DistritoFactory()
    cusco.save()
    DiaNoLaborableFactory(fecha=dt.date(2026, 11, 25), departamento=DepartamentoFactory())
    CentroFactory(nombre="Tacna")
    reloj(20)
    plazos = dict(abrir_edicion(anio=2026, mes=11).aportes.values_list("centro__nombre", "plazo"))
    assert plazos == {"Cusco": dt.date(2026, 11, 26), "Tacna": dt.date(2026, 11, 25)}


def test_el_titular_y_el_encargado_reciben_el_pedido_cada_uno_una_vez(reloj, coordinadora):
    con_correo(personas.con_rol("encargada.cusco", Rol.COORDINADOR, centro=personas.cusco()))
    reloj(20)
    abrir_edicion(anio=2026, mes=11)
    assert a_quienes() == {"coordinadora.cusco@mef.example", "encargada.cusco@mef.example"}


def test_sin_coordinador_con_correo_se_escribe_al_centro_y_sin_correo_alguno_queda_anotado(reloj):
    personas.con_rol("muda.cusco", Rol.COORDINADOR, centro=CentroFactory(nombre="Cusco", correo="cusco@mef.example"))
    CentroFactory(nombre="Tacna", correo="")
    reloj(20)
    edicion = abrir_edicion(anio=2026, mes=11)
    assert a_quienes() == {"cusco@mef.example"}
    assert Huella.objects.get(accion="pedir aportes").detalle == {
        "pedidos": 2,
        "sin_correo": [aporte_de(edicion, centro__nombre="Tacna").pk],
    }


def test_al_coordinador_que_aun_no_tiene_cuenta_se_le_escribe_al_correo_del_directorio(reloj):
    PersonalFactory(centro=personas.cusco(), cargo="coordinador", correo="rosa@mef.example")
    reloj(20)
    abrir_edicion(anio=2026, mes=11)
    assert a_quienes() == {"rosa@mef.example"}


def test_nada_queda_a_medias_si_falla_al_pedir(reloj, coordinadora, monkeypatch):
    monkeypatch.setattr("boletines.actions.edicion.pedir", lambda *_: 1 / 0)
    reloj(20)
    with pytest.raises(ZeroDivisionError):
        abrir_edicion(anio=2026, mes=11)
    assert not Edicion.objects.exists()
    assert not Aporte.objects.exists()


def test_se_recuerda_dos_habiles_antes_el_mismo_dia_y_el_siguiente_a_quien_no_entrego(reloj, edicion, coordinadora):
    entregar(aporte=aporte_de(edicion, centro__nombre="Cusco"), escrito=escrito(), version=0, por=coordinadora)
    llegaron = []
    for dia in range(20, 31):
        for hora in (7, 9, 15, 21):
            reloj(dia, hora)
            antes = set(Envio.objects.values_list("pk", flat=True))
            recordar_aportes()
            llegaron += [
                (dia, hora, envio.centro and str(envio.centro), envio.asunto.split(":")[0])
                for envio in Envio.objects.exclude(pk__in=antes)
            ]
    assert sorted(llegaron, key=lambda llego: (*llego[:2], llego[2] or "técnico")) == [
        (23, 9, "Arequipa", "RECORDATORIO"),
        (25, 9, "Arequipa", "RECORDATORIO"),
        (26, 9, "Arequipa", "ATRASADO"),
        (26, 9, None, "RECORDATORIO"),  # el técnico vence el 30
        (30, 9, None, "RECORDATORIO"),
    ]
    reloj(1, mes=12)
    recordar_aportes()
    assert enviados("recordatorio")[-1] == "ATRASADO: su parte del boletín de noviembre de 2026"


def test_un_portal_apagado_el_dia_del_recordatorio_lo_manda_al_volver_y_solo_el_ultimo(reloj, edicion):
    reloj(27)
    recordar_aportes()
    asuntos = enviados("recordatorio")
    assert sorted(asunto.split(":")[0] for asunto in asuntos) == ["ATRASADO", "ATRASADO", "RECORDATORIO"]
    reloj(28)
    recordar_aportes()
    assert enviados("recordatorio") == asuntos


def test_a_quien_se_suplio_con_el_automatico_ya_no_se_le_recuerda(reloj, edicion, comunicaciones):
    reloj(26, hora=8)
    for aporte in edicion.aportes.de_centros():
        usar_borrador_automatico(aporte=aporte, por=comunicaciones)
    edicion.aportes.tecnicos().delete()
    recordar_aportes()
    assert enviados("recordatorio") == []


def test_recordar_ahora_vale_una_vez_al_dia_y_cuenta_como_el_del_portal(reloj, edicion, comunicaciones):
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    reloj(23, hora=10)
    assert recordar(aporte=aporte, por=comunicaciones)
    assert not recordar(aporte=aporte, por=comunicaciones)
    recordar_aportes()
    assert len(enviados(f"aporte:{aporte.pk}:recordatorio")) == 1
    reloj(24)
    assert recordar(aporte=aporte, por=comunicaciones)


def test_lo_devuelto_lleva_su_observacion_y_su_plazo_y_no_se_recuerda_ese_mismo_dia(
    reloj, edicion, coordinadora, comunicaciones
):
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    entregar(aporte=aporte, escrito=escrito(), version=0, por=coordinadora)
    reloj(27)
    devolver(aporte=aporte, observacion="Falta la foto.", plazo=dt.date(2026, 12, 1), por=comunicaciones)

    [envio] = Envio.objects.filter(clave__contains="devuelto")
    assert "Falta la foto." in envio.texto
    assert "martes 1 de diciembre de 2026" in envio.texto
    edicion.aportes.exclude(pk=aporte.pk).delete()
    recordar_aportes()
    assert enviados("recordatorio") == []


def test_ampliar_el_plazo_avisa_y_renueva_los_recordatorios(reloj, edicion, comunicaciones):
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    edicion.aportes.exclude(pk=aporte.pk).delete()
    reloj(26)
    ampliar_plazo(aporte=aporte, plazo=dt.date(2026, 12, 2), por=comunicaciones)
    ampliar_plazo(aporte=aporte, plazo=dt.date(2026, 12, 2), por=comunicaciones)
    assert len(enviados("ampliado")) == 1
    reloj(30)
    recordar_aportes()
    assert len(enviados("recordatorio")) == 1
