"""El programa del mes: la rejilla, darlo por registrado y su plazo (R62, R65, R66)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comun.plazos import es_habil, ultimo_habil_del_mes
from custodia.models import Huella
from eventos.actions.programa_mensual import ProgramaVacio, dar_por_registrado
from eventos.calendario import mes_anterior, mes_siguiente
from eventos.models import Capacitacion, ProgramaMensual, Validacion
from eventos.programa_mensual import Estado, plazo_del_programa, situacion_de, situaciones
from intranet.bandeja.programa import programa_del_mes
from organizacion.dias import NoLaborables
from organizacion.models import Centro
from tests import personas
from tests.fabricas import (
    CapacitacionFactory,
    DepartamentoFactory,
    DiaNoLaborableFactory,
    DistritoFactory,
    ExpositorFactory,
    PersonalFactory,
    SesionFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
DICIEMBRE = dt.date(2026, 12, 1)


def ver(cliente, **consulta):
    return cliente.get(reverse("eventos_intranet:programa-del-mes"), {"mes": "2026-12"} | consulta)


def registrar(cliente, centro="cusco", mes="2026-12"):
    url = reverse("eventos_intranet:programa-registrar")
    return cliente.post(f"{url}?centro={centro}&mes={mes}", follow=True)


def en_diciembre(cusco, **cambios):
    return CapacitacionFactory(**{"centro": cusco, "fecha_inicio": dt.date(2026, 12, 10)} | cambios)


# --- La rejilla ---


def test_muestra_de_cada_una_lo_que_hace_falta_saber(cliente, cusco):
    capacitacion = en_diciembre(cusco, titulo="Conciliación", tipo="especializada", lugar="Auditorio", cupos=33)
    ExpositorFactory(capacitacion=capacitacion, nombre="Julia Huamán")
    Validacion.objects.create(capacitacion=capacitacion, sistema=SistemaFactory())
    texto = ver(cliente).text
    for dato in (
        "Jueves 10 de diciembre",
        "9:00–13:00",
        "Conciliación",
        "Especializada · Presencial",
        "Auditorio",
        "Julia Huamán",
        ">33<",
        "Publicada",
        "Por validar",
    ):
        assert dato in texto, dato
    assert reverse("eventos_intranet:panel", args=[capacitacion.pk]) in texto


def test_la_de_varios_dias_esta_en_cada_uno(cliente, cusco):
    capacitacion = en_diciembre(cusco, fecha_fin=dt.date(2026, 12, 11))
    SesionFactory(capacitacion=capacitacion, fecha=dt.date(2026, 12, 11))
    texto = ver(cliente).text
    assert "Día 1 de 2" in texto
    assert "Día 2 de 2" in texto


def test_r62_las_de_la_sede_estan_y_no_se_editan(cliente, cusco):
    sede = en_diciembre(None, titulo="Novedades", organizador="sede", modalidad="virtual", publicada_en=timezone.now())
    en_diciembre(None, titulo="Todavía no", organizador="sede", slug="todavia-no", estado="borrador")
    texto = ver(cliente).text
    assert "De la sede" in texto
    assert sede.get_absolute_url() in texto
    assert reverse("eventos_intranet:panel", args=[sede.pk]) not in texto
    assert "Todavía no" not in texto


def test_no_estan_las_de_otro_centro_ni_las_de_otro_mes(cliente, cusco, arequipa):
    en_diciembre(arequipa, titulo="Ajena")
    en_diciembre(cusco, titulo="De enero", fecha_inicio=dt.date(2027, 1, 5))
    texto = ver(cliente).text
    assert "Ajena" not in texto
    assert "De enero" not in texto
    assert "De enero" in ver(cliente, mes="2027-01").text


def test_los_choques_y_los_feriados_se_ven_en_su_dia(cliente, cusco):
    julia = PersonalFactory(nombres="Julia", apellidos="Huamán Rojas", centro=cusco)
    for titulo in ("Conciliación", "Tesorería"):
        capacitacion = en_diciembre(cusco, titulo=titulo, fecha_inicio=dt.date(2026, 12, 8))
        ExpositorFactory(capacitacion=capacitacion, personal=julia, nombre=str(julia))
    texto = ver(cliente).text
    assert "Julia Huamán Rojas está el mar 8 dic 2026" in texto
    assert "con choques" in texto
    assert "No laborable" in texto


def test_las_consultas_no_crecen_con_las_capacitaciones(cliente, cusco):
    def cuantas():
        with CaptureQueriesContext(connection) as consultas:
            ver(cliente)
        return len(consultas)

    def llenar(desde, hasta):
        for dia in range(desde, hasta):
            capacitacion = en_diciembre(cusco, fecha_inicio=dt.date(2026, 12, dia))
            ExpositorFactory(capacitacion=capacitacion, personal=PersonalFactory(centro=cusco))

    llenar(1, 3)
    ver(cliente)
    pocas = cuantas()
    llenar(3, 20)
    assert cuantas() == pocas < 32


@pytest.mark.parametrize("mes", ["", "2026-13", "1999-01", "diciembre", "٢٠٢٦-12"])
def test_un_mes_que_no_existe_muestra_el_de_hoy(cliente, mes):
    respuesta = ver(cliente, mes=mes)
    assert respuesta.status_code == 200
    assert respuesta.context["mes"] == timezone.localdate().replace(day=1)


@pytest.mark.parametrize("pantalla", ["del-mes", "rapido", "copiar", "importar", "plantilla"])
def test_el_programa_de_otro_centro_no_existe(cliente, arequipa, pantalla):
    assert cliente.get(reverse(f"eventos_intranet:programa-{pantalla}"), {"centro": "arequipa"}).status_code == 404


def test_quien_tiene_un_centro_va_directo_y_la_sede_ve_todos_y_elige(cliente, client, ogauc, cusco, arequipa):
    assert ver(cliente).context["centro"] == cusco
    client.force_login(ogauc)
    resumen = ver(client)
    assert {fila.situacion.centro for fila in resumen.context["resumen"].filas} == {cusco, arequipa}
    assert ver(client, centro="arequipa").context["centro"] == arequipa


@pytest.mark.parametrize("pantalla", ["programa-del-mes", "programa-rapido", "programa-copiar", "programa-importar"])
def test_cada_rol_abre_lo_suyo(client, cusco, pantalla):
    url = reverse(f"eventos_intranet:{pantalla}")
    client.force_login(personas.comunicaciones())
    assert client.get(url, {"centro": "cusco"}).status_code in {403, 404}
    client.force_login(personas.especialista_de_cusco())
    assert client.get(url).status_code == 200


def test_el_coordinador_administrativo_mira_y_no_programa(client, cusco):
    client.force_login(personas.con_rol("administrativo", "coordinador_administrativo", centro=cusco))
    texto = ver(client).text
    assert "Ingreso rápido" not in texto
    assert "Dar por registrado" not in texto
    assert registrar(client).status_code == 403
    assert client.get(reverse("eventos_intranet:programa-rapido")).status_code == 403


def test_de_la_lista_de_capacitaciones_y_del_menu_se_llega_al_programa(cliente):
    url = reverse("eventos_intranet:programa-del-mes")
    assert f'href="{url}"' in cliente.get(reverse("capacitaciones_modeladmin_index")).text
    assert url in cliente.get(reverse("wagtailadmin_home")).text


# --- El plazo ---


@pytest.mark.parametrize(
    ("mes", "vence"),
    [
        (dt.date(2027, 2, 1), dt.date(2027, 1, 29)),
        (dt.date(2027, 3, 1), dt.date(2027, 2, 26)),
        (dt.date(2027, 8, 1), dt.date(2027, 7, 30)),
        (dt.date(2027, 11, 1), dt.date(2027, 10, 29)),
        (dt.date(2027, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_r66_se_registra_hasta_el_ultimo_dia_habil_del_mes_anterior(cusco, mes, vence):
    assert plazo_del_programa(cusco, mes) == vence


def test_r66_un_feriado_de_su_departamento_adelanta_el_plazo_solo_de_ese_centro(cusco, arequipa):
    Centro.objects.filter(pk=cusco.pk).update(distrito=DistritoFactory())
    DiaNoLaborableFactory(fecha=dt.date(2027, 1, 29), departamento=DepartamentoFactory())
    por_centro = {
        s.centro.nombre: s.vence_el
        for s in situaciones([Centro.objects.get(pk=cusco.pk), arequipa], dt.date(2027, 2, 1))
    }
    assert por_centro == {"Cusco": dt.date(2027, 1, 28), "Arequipa": dt.date(2027, 1, 29)}


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)).map(lambda dia: dia.replace(day=1)))
def test_r65_el_plazo_es_habil_cae_en_el_mes_anterior_y_ninguno_habil_lo_sigue(mes):
    antes = mes_anterior(mes)
    vence = ultimo_habil_del_mes(antes.year, antes.month, NoLaborables())
    assert antes <= vence < mes
    assert es_habil(vence, NoLaborables())
    siguientes = (vence + dt.timedelta(n) for n in range(1, (mes - vence).days))
    assert not any(es_habil(dia, NoLaborables()) for dia in siguientes)


@pytest.mark.parametrize(
    ("hoy", "registrado", "estado"),
    [
        (dt.date(2026, 11, 30), None, Estado.EN_PLAZO),
        (dt.date(2026, 12, 1), None, Estado.ATRASADO),
        (dt.date(2026, 12, 9), dt.datetime(2026, 11, 30, 23, 59), Estado.REGISTRADO),
        (dt.date(2026, 12, 9), dt.datetime(2026, 12, 1, 0, 1), Estado.TARDE),
    ],
)
def test_r66_en_que_esta_el_programa(cusco, hoy, registrado, estado):
    if registrado:
        ProgramaMensual.objects.create(centro=cusco, anio=2026, mes=12)
        ProgramaMensual.objects.update(registrado_en=timezone.make_aware(registrado))
    assert situacion_de(cusco, DICIEMBRE, hoy).estado == estado


# --- Darlo por registrado ---


def test_r66_se_da_por_registrado_y_queda_quien_y_cuando(cliente, asistente, cusco):
    en_diciembre(cusco)
    assert "Dar por registrado el programa de diciembre" in ver(cliente).text
    texto = registrar(cliente).text
    registro = ProgramaMensual.objects.get()
    assert (registro.centro, registro.anio, registro.mes, registro.registrado_por) == (cusco, 2026, 12, asistente)
    assert "Dar por registrado" not in texto
    assert Huella.objects.filter(accion="registrar programa", usuario=asistente).count() == 1


def test_registrar_dos_veces_no_cambia_quien_ni_cuando(cliente, cusco, coordinadora):
    en_diciembre(cusco)
    registrar(cliente)
    antes = ProgramaMensual.objects.get()
    assert dar_por_registrado(centro=cusco, mes=DICIEMBRE, por=coordinadora) == antes
    assert ProgramaMensual.objects.get().registrado_por == antes.registrado_por
    assert Huella.objects.filter(accion="registrar programa").count() == 1


def test_un_mes_sin_capacitaciones_del_centro_no_se_da_por_registrado(cliente, asistente, cusco):
    en_diciembre(cusco, estado="cancelada")
    en_diciembre(None, organizador="sede", slug="sede")
    assert "programe al menos una" in registrar(cliente).text
    with pytest.raises(ProgramaVacio):
        dar_por_registrado(centro=cusco, mes=DICIEMBRE, por=asistente)
    assert not ProgramaMensual.objects.exists()


def test_si_la_huella_falla_no_queda_registrado(asistente, cusco, monkeypatch):
    en_diciembre(cusco)
    monkeypatch.setattr("eventos.actions.programa_mensual.anotar", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        dar_por_registrado(centro=cusco, mes=DICIEMBRE, por=asistente)
    assert not ProgramaMensual.objects.exists()


def test_ver_el_boton_no_registra_nada(cliente, cusco):
    en_diciembre(cusco)
    assert cliente.get(reverse("eventos_intranet:programa-registrar"), {"mes": "2026-12"}).status_code == 405
    assert not ProgramaMensual.objects.exists()


def test_el_de_otro_centro_no_se_registra(cliente, arequipa):
    en_diciembre(arequipa)
    assert registrar(cliente, centro="arequipa").status_code == 404


# --- La sede y la bandeja ---


def test_la_sede_ve_quien_registro_cuando_y_quien_se_atraso(client, ogauc, asistente, cusco, arequipa):
    este = timezone.localdate().replace(day=1)
    ProgramaMensual.objects.create(centro=cusco, anio=este.year, mes=este.month, registrado_por=asistente)
    ProgramaMensual.objects.update(
        registrado_en=timezone.make_aware(dt.datetime.combine(mes_anterior(este), dt.time(9)))
    )
    CapacitacionFactory(centro=arequipa, fecha_inicio=este, estado="borrador")
    client.force_login(ogauc)
    respuesta = ver(client, mes=f"{este:%Y-%m}")
    filas = {fila.situacion.centro.nombre: fila for fila in respuesta.context["resumen"].filas}
    assert filas["Cusco"].situacion.estado == Estado.REGISTRADO
    assert filas["Arequipa"].situacion.estado == Estado.ATRASADO
    assert (filas["Arequipa"].total, filas["Arequipa"].borradores) == (1, 1)
    assert "asistente.cusco" in respuesta.text


def test_el_resumen_de_la_sede_no_consulta_centro_por_centro(client, ogauc, django_assert_max_num_queries):
    for n in range(20):
        Centro.objects.create(slug=f"c{n}", nombre=f"Centro {n}")
    client.force_login(ogauc)
    ver(client)
    with django_assert_max_num_queries(18):
        ver(client)


def test_la_bandeja_dice_hasta_cuando_y_lleva_al_programa(asistente, cusco):
    este = timezone.localdate().replace(day=1)
    asunto = programa_del_mes(asistente)
    assert [linea.url for linea in asunto.lineas] == [
        f"{reverse('eventos_intranet:programa-del-mes')}?centro=cusco&mes={mes:%Y-%m}"
        for mes in (este, mes_siguiente(este))
    ]
    assert asunto.lineas[0].detalle.startswith("Atrasado")
    assert asunto.lineas[1].detalle.startswith("Hasta el")


def test_registrados_los_dos_la_bandeja_no_dice_nada(asistente, cusco):
    este = timezone.localdate().replace(day=1)
    for mes in (este, mes_siguiente(este)):
        ProgramaMensual.objects.create(centro=cusco, anio=mes.year, mes=mes.month)
    assert programa_del_mes(asistente) is None


def test_la_bandeja_de_la_sede_cuenta_los_centros_que_faltan(ogauc, cusco, arequipa):
    assert "Faltan 2 centros" in programa_del_mes(ogauc).lineas[0].detalle


def test_a_quien_no_registra_la_bandeja_no_se_lo_pide(comunicaciones):
    assert programa_del_mes(comunicaciones) is None
    assert Capacitacion.objects.count() == 0
