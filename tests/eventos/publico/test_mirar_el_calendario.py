"""El calendario público: agenda, mes, pasadas, filtros que se combinan y ficha de cada capacitación."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventos.calendario import cuadricula, leer_mes
from eventos.models import Capacitacion
from tests.fabricas import CapacitacionFactory, ExpositorFactory, InscripcionFactory, SesionFactory, SistemaFactory

pytestmark = pytest.mark.django_db
CALENDARIO = "/capacitaciones/"


def titulos(respuesta):
    return [c.titulo for _, capacitaciones in respuesta.context["grupos"] for c in capacitaciones]


@pytest.fixture
def programa(cusco, arequipa):
    tesoreria = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    CapacitacionFactory(centro=cusco, titulo="Formulación presupuestaria", dias=3)
    CapacitacionFactory(centro=cusco, titulo="Pagaduría", dias=2, sistemas=[tesoreria], modalidad="virtual")
    CapacitacionFactory(centro=arequipa, titulo="Inversión pública", dias=4, tipo="informativa")
    CapacitacionFactory(centro=None, organizador="sede", titulo="Novedades de la sede", dias=5)
    CapacitacionFactory(centro=cusco, titulo="Cancelada a última hora", dias=6, estado="cancelada")
    CapacitacionFactory(centro=cusco, titulo="Secreta", estado="borrador")
    CapacitacionFactory(centro=cusco, titulo="La del mes pasado", dias=-40)


def test_la_agenda_muestra_las_que_vienen_por_fecha_y_no_los_borradores(client, programa):
    respuesta = client.get(CALENDARIO)
    assert titulos(respuesta) == [
        "Pagaduría",
        "Formulación presupuestaria",
        "Inversión pública",
        "Novedades de la sede",
        "Cancelada a última hora",
    ]
    assert "Cancelada</span>" in respuesta.text


@pytest.mark.parametrize(
    ("consulta", "esperados"),
    [
        ("centro=cusco&tipo=basica&modalidad=presencial",
         ["Formulación presupuestaria", "Novedades de la sede", "Cancelada a última hora"]),
        ("centro=arequipa", ["Inversión pública", "Novedades de la sede"]),
        ("sistema=tesoreria", ["Pagaduría"]),
        ("sistema=tesoreria&centro=arequipa", []),
        ("q=INVERSIONES publicas", ["Inversión pública"]),
        ("q=la formulacion del presupuesto", ["Formulación presupuestaria"]),
        ("vista=pasadas&centro=cusco", ["La del mes pasado"]),
    ],
)  # fmt: skip
def test_los_filtros_viven_en_la_direccion_y_se_combinan(client, programa, consulta, esperados):
    assert titulos(client.get(f"{CALENDARIO}?{consulta}")) == esperados


@pytest.mark.parametrize("filtro", ["centro=nohay", "tipo=x", "sistema=%00", "modalidad=x", "dia=2026-13-45"])
def test_un_filtro_desconocido_se_informa_y_muestra_todo(client, programa, filtro):
    respuesta = client.get(f"{CALENDARIO}?{filtro}")
    assert len(titulos(respuesta)) == 5
    assert respuesta.context["form"].errors


def test_filtrar_sin_elegir_nada_no_cuenta_como_filtro(client, programa):
    assert "Quitar filtros" not in client.get(f"{CALENDARIO}?q=&centro=&sistema=").text
    assert "Quitar filtros" in client.get(f"{CALENDARIO}?q=&centro=cusco").text


def test_sin_resultados_se_dice_que_hacer(client, programa):
    respuesta = client.get(f"{CALENDARIO}?q=zzz")
    assert "Ninguna capacitación coincide" in respuesta.text
    assert "Ver todas las próximas" in respuesta.text


def test_en_el_mes_aparece_en_cada_dia_de_sesion_y_no_entre_medio(client, cusco):
    curso = CapacitacionFactory(centro=cusco, titulo="Curso largo", sesiones=False, fecha_inicio=dt.date(2026, 11, 3),
                                fecha_fin=dt.date(2026, 11, 12))  # fmt: skip
    for dia in (3, 5, 12):
        SesionFactory(capacitacion=curso, fecha=dt.date(2026, 11, dia))
    SesionFactory(capacitacion=curso, fecha=dt.date(2026, 11, 12), hora_inicio=dt.time(15), hora_fin=dt.time(18))

    respuesta = client.get(f"{CALENDARIO}?vista=mes&mes=2026-11")

    dias = [d.fecha.day for semana in respuesta.context["semanas"] for d in semana if d.capacitaciones]
    assert dias == [3, 5, 12]
    assert "<table" in respuesta.text
    assert respuesta.text.count("Curso largo") == 3
    assert "jueves 5 de noviembre de 2026" in respuesta.text
    assert titulos(client.get(f"{CALENDARIO}?dia=2026-11-05")) == ["Curso largo"]
    assert titulos(client.get(f"{CALENDARIO}?dia=2026-11-04")) == []


def test_la_cuadricula_empieza_en_lunes_y_cubre_el_mes():
    semanas = cuadricula(dt.date(2026, 11, 1), [], hoy=dt.date(2026, 11, 23))
    assert {len(semana) for semana in semanas} == {7}
    assert semanas[0][0].fecha == dt.date(2026, 10, 26)
    assert [d.fecha.day for s in semanas for d in s if d.es_del_mes] == list(range(1, 31))
    assert [d.fecha for s in semanas for d in s if d.es_hoy] == [dt.date(2026, 11, 23)]


@pytest.mark.parametrize("texto", ["2026-13", "1999-01", "2026-1", "2026-11-01", "٢٠٢٦-11", "", None, "\x00"])
def test_un_mes_que_no_existe_no_se_lee(texto):
    assert leer_mes(texto) is None


RUTAS = ["", "calendario.ics", "rss/", "entidades.json", "distritos.json"]
NOMBRES = ["q", "centro", "sistema", "tipo", "modalidad", "dia", "vista", "mes", "pagina"]
VALORES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["mes", "pasadas", "2099-12", "2000-01", "9999-12-31", "0001-01-01", "9" * 5000, "-1", "\x00"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ruta=st.sampled_from(RUTAS), consulta=st.dictionaries(st.sampled_from(NOMBRES), VALORES, max_size=5))
def test_ninguna_consulta_rompe_las_direcciones_publicas(client, programa, ruta, consulta):
    assert client.get(CALENDARIO + ruta, consulta).status_code in {200, 304}


@pytest.mark.parametrize("consulta", ["", "vista=mes", "vista=pasadas"])
def test_las_consultas_no_crecen_con_las_capacitaciones(
    client, programa, cusco, consulta, django_assert_max_num_queries
):
    for n in range(30):
        CapacitacionFactory(centro=cusco, titulo=f"Curso {n}", dias=n - 15)
    with django_assert_max_num_queries(15):
        assert client.get(f"{CALENDARIO}?{consulta}").status_code == 200


@pytest.mark.parametrize("ruta", ["", "?vista=mes", "calendario.ics", "rss/", "entidades.json?q=muni"])
def test_lo_que_va_a_cache_no_lleva_cookies_ni_token(client, programa, ruta):
    respuesta = client.get(CALENDARIO + ruta)
    assert not respuesta.cookies
    assert "Cookie" not in respuesta.get("Vary", "")
    assert "public" in respuesta["Cache-Control"]
    assert "csrfmiddlewaretoken" not in respuesta.text


def test_la_ficha_dice_todo_lo_que_el_programa_exige(client, cusco):
    curso = CapacitacionFactory(
        centro=cusco, objetivo="Formular bien", publico_objetivo="Tesoreros", abierta_a_ciudadania=False, cupos=20
    )
    ExpositorFactory(capacitacion=curso, nombre="Julia Huamán", tema="Devengado")
    curso.sesiones.get().actividades.create(
        hora_inicio=dt.time(9), hora_fin=dt.time(10, 30), actividad="Apertura", responsable="La coordinadora"
    )
    InscripcionFactory(capacitacion=curso)

    texto = client.get(curso.get_absolute_url()).text

    for esperado in [
        "9:00\u00a0a.\u00a0m. a 1:00\u00a0p.\u00a0m.", "Auditorio del centro",
        "Formular bien", "Tesoreros", "Julia Huamán",
        "Apertura", "10:30\u00a0a.\u00a0m.", "Quedan 19 cupos", "Inscribirme", "Es gratuita",
        "No se entregan constancias ni certificados", "084 123456", "de ninguna manera convalida",
    ]:  # fmt: skip
        assert esperado in texto


@pytest.mark.parametrize(
    ("cambios", "texto"),
    [
        ({"cupos": 0}, "Anotarme en la lista de espera"),
        ({"estado": "cancelada", "motivo_cancelacion": "Fuerza mayor: huaico"}, "Fuerza mayor: huaico"),
        ({"dias": -1}, "Esta capacitación ya se realizó."),
        ({"inscripcion_abre_en": timezone.make_aware(dt.datetime(2099, 1, 5, 9))}, "Abre el lunes 5 de enero de 2099"),
        ({"inscripcion_cierra_en": timezone.make_aware(dt.datetime(2020, 1, 6, 18))}, "Cerró el lunes 6 de enero"),
    ],
)
def test_la_ficha_dice_por_que_no_se_puede_inscribir(client, cusco, cambios, texto):
    respuesta = client.get(CapacitacionFactory(centro=cusco, **cambios).get_absolute_url())
    assert texto in respuesta.text
    assert ">Inscribirme<" not in respuesta.text


def test_un_borrador_no_tiene_ficha_ni_agenda(client, cusco):
    curso = CapacitacionFactory(centro=cusco, estado="borrador")
    assert client.get(curso.get_absolute_url()).status_code == 404
    assert client.get(reverse("eventos:capacitacion-ics", args=[curso.slug])).status_code == 404


def test_ningun_slug_tapa_una_direccion_del_portal(client, programa):
    from eventos.actions.capacitacion import RESERVADAS
    from eventos.urls import bajo_capacitaciones

    primeras = {str(ruta.pattern).split("/")[0] for ruta in bajo_capacitaciones}
    # Un slug no lleva puntos: «calendario.ics» no choca con ninguno.
    assert {p for p in primeras if p.isidentifier()} <= RESERVADAS


def test_la_inscripcion_cierra_al_empezar_aunque_diga_otra_fecha(cusco):
    curso = CapacitacionFactory(centro=cusco, dias=1, inscripcion_cierra_en=timezone.now() + dt.timedelta(days=9))
    assert curso.admite_inscripcion()
    assert not curso.admite_inscripcion(en=curso.comienza_en)
    assert curso.situacion(en=curso.comienza_en) == Capacitacion.Situacion.EMPEZADA
