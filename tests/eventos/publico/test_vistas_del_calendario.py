"""El calendario por día, por semana, por mes y lo que ya pasó; con htmx y sin él."""

import datetime as dt
import gzip

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from eventos import calendario as meses
from eventos.models import Material, Reprogramacion
from tests.eventos.publico.programa import CALENDARIO, crear_programa, titulos
from tests.fabricas import CapacitacionFactory, SesionFactory, SistemaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programa(cusco, arequipa):
    crear_programa(cusco, arequipa)


@pytest.fixture
def en_dias(cusco):
    """``en_dias(*fechas, **campos)``: un curso con una sesión en cada fecha."""

    def crear(*fechas, **campos):
        campos = {"titulo": "Curso largo", "centro": cusco, **campos}
        curso = CapacitacionFactory(sesiones=False, fecha_inicio=min(fechas), fecha_fin=max(fechas), **campos)
        for fecha in fechas:
            SesionFactory(capacitacion=curso, fecha=fecha)
        return curso

    return crear


def dentro_de(*dias):
    return [timezone.localdate() + dt.timedelta(days=n) for n in dias]


def test_la_agenda_muestra_las_que_vienen_por_fecha_y_no_los_borradores(client, programa):
    respuesta = client.get(CALENDARIO)
    assert titulos(respuesta) == [
        "Pagaduría",
        "Formulación presupuestaria",
        "Inversión pública",
        "Novedades de la sede",
        "Cancelada a última hora",
    ]
    assert "Próximas capacitaciones: <strong>5 resultados</strong>" in " ".join(respuesta.text.split())


def test_en_la_agenda_la_de_varios_dias_esta_en_cada_dia_que_le_queda(client, en_dias):
    en_dias(*dentro_de(-1, 1, 3))
    respuesta = client.get(CALENDARIO)
    assert titulos(respuesta) == ["Curso largo", "Curso largo"]
    assert "Día 1 de 3" not in respuesta.text
    assert respuesta.text.index("Día 2 de 3") < respuesta.text.index("Día 3 de 3")
    assert respuesta.text.count('class="dia-titulo"') == 2
    assert "<strong>1 resultado</strong>" in respuesta.text


def test_la_agenda_larga_se_pagina_sin_perder_ninguna(client, en_dias):
    for n in range(20):
        en_dias(*dentro_de(n, n + 1), titulo=f"Curso {n}")
    vistas = [titulo for n in (1, 2) for titulo in titulos(client.get(f"{CALENDARIO}?pagina={n}"))]
    assert len(vistas) == 40
    assert set(vistas) == {f"Curso {n}" for n in range(20)}


def test_en_el_mes_aparece_en_cada_dia_de_sesion_y_no_entre_medio(client, en_dias):
    curso = en_dias(dt.date(2026, 11, 3), dt.date(2026, 11, 5), dt.date(2026, 11, 12))
    SesionFactory(capacitacion=curso, fecha=dt.date(2026, 11, 12), hora_inicio=dt.time(15), hora_fin=dt.time(18))

    respuesta = client.get(f"{CALENDARIO}?vista=mes&mes=2026-11")

    dias = [d.fecha.day for semana in respuesta.context["semanas"] for d in semana if d.entradas]
    assert dias == [3, 5, 12]
    assert '<table class="mes">' in respuesta.text
    assert respuesta.text.count("Curso largo") == 3
    assert 'Curso largo<small>Cusco</small><span class="solo-lectores">, jueves 5 de noviembre de 2026</span>' in (
        respuesta.text
    )
    assert titulos(client.get(f"{CALENDARIO}?dia=2026-11-05")) == ["Curso largo"]
    assert titulos(client.get(f"{CALENDARIO}?dia=2026-11-04")) == []


def test_un_dia_muy_lleno_del_mes_lleva_a_verlas_todas(client, en_dias):
    for n in range(9):
        en_dias(dt.date(2026, 11, 5), titulo=f"Curso {n}")
    texto = client.get(f"{CALENDARIO}?vista=mes&mes=2026-11&centro=cusco").text
    assert texto.count("<small>Cusco</small>") == 4
    assert 'href="?dia=2026-11-05&amp;centro=cusco&amp;">Y 5 más' in texto
    assert len(titulos(client.get(f"{CALENDARIO}?dia=2026-11-05&centro=cusco&"))) == 9


def test_la_semana_muestra_sus_siete_dias(client, en_dias):
    en_dias(dt.date(2026, 12, 30), dt.date(2027, 1, 2))
    respuesta = client.get(f"{CALENDARIO}?vista=semana&semana=2026-W53")
    assert "semana del 28 de diciembre de 2026 al 3 de enero de 2027" in respuesta.text
    assert [dia.fecha.day for dia in respuesta.context["dias"] if dia.entradas] == [30, 2]
    assert "Día 2 de 2" in respuesta.text
    assert respuesta.text.count("Sin capacitaciones") == 5
    assert "semana=2027-W01" in respuesta.text
    assert "semana=2026-W52" in respuesta.text


def test_sin_decir_cual_se_muestra_la_semana_o_el_mes_de_hoy(client, en_dias):
    en_dias(timezone.localdate())
    for vista in ("semana", "mes"):
        assert "<strong>1 resultado</strong>" in client.get(f"{CALENDARIO}?vista={vista}").text


def test_las_pasadas_se_recorren_por_mes_y_senalan_sus_materiales(client, en_dias):
    vieja = en_dias(dt.date(2024, 5, 6), titulo="La de mayo")
    en_dias(dt.date(2024, 3, 4), titulo="La de marzo")
    for n in range(3):
        Material.objects.create(capacitacion=vieja, titulo=f"Presentación {n}", archivo=f"p{n}.pdf")

    todas = client.get(f"{CALENDARIO}?vista=pasadas")
    mayo = client.get(f"{CALENDARIO}?vista=pasadas&mes=2024-05")

    assert titulos(todas) == ["La de mayo", "La de marzo"]
    assert "mes=2024-03" in todas.text
    assert titulos(mayo) == ["La de mayo"]
    assert "3 materiales" in mayo.text


def test_antes_del_evento_solo_se_senalan_los_materiales_que_ya_se_pueden_ver(client, en_dias):
    curso = en_dias(*dentro_de(2))
    Material.objects.create(capacitacion=curso, titulo="Para después", archivo="a.pdf")
    assert "material" not in client.get(CALENDARIO).text
    Material.objects.create(capacitacion=curso, titulo="Para leer antes", archivo="b.pdf", visible_antes=True)
    assert "1 material<" in client.get(CALENDARIO).text


def test_r67_la_reprogramada_dice_cuando_era_y_por_que_cambio(client, en_dias):
    curso = en_dias(*dentro_de(5))
    Reprogramacion.objects.create(
        capacitacion=curso,
        motivo="usuarios",
        comenzaba_en=timezone.make_aware(dt.datetime(2026, 11, 3, 9)),
        terminaba_el=dt.date(2026, 11, 3),
        lugar_antes=curso.donde,
    )
    texto = client.get(CALENDARIO).text
    assert "Cambió de fecha" in texto
    assert "Antes: martes 3 de noviembre de 2026, 9:00\u00a0a.\u00a0m." in texto
    assert "Motivo: requerimiento de los usuarios." in texto
    mes = f"{curso.fecha_inicio:%Y-%m}"
    assert "Reprogramada" in client.get(f"{CALENDARIO}?vista=mes&mes={mes}").text


def test_r67_la_cancelada_dice_por_que_y_cual_es_la_proxima_parecida(client, en_dias, arequipa):
    otro = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    en_dias(*dentro_de(2), titulo="Se cayó", estado="cancelada", motivo_cancelacion="Fuerza mayor")
    en_dias(*dentro_de(3), titulo="De otro tema", sistemas=[otro])
    en_dias(*dentro_de(4), titulo="Parecida de lejos", centro=arequipa)
    parecida = en_dias(*dentro_de(9), titulo="Parecida de aquí", sistemas=[otro, SistemaFactory()])

    texto = client.get(CALENDARIO).text

    assert "Cancelada</span> <span>Motivo: fuerza mayor.</span>" in texto
    assert f'La próxima parecida: <a href="{parecida.get_absolute_url()}">Parecida de aquí' in texto


def test_la_parecida_de_la_lista_es_la_misma_de_la_ficha(cusco, arequipa, en_dias):
    from eventos.models import Capacitacion
    from eventos.parecidas import con_parecidas

    cancelada = en_dias(*dentro_de(2), titulo="Se cayó", estado="cancelada")
    for n, cambios in enumerate([{"centro": arequipa}, {"centro": arequipa, "modalidad": "virtual"}, {}, {}]):
        en_dias(*dentro_de(4 + n), titulo=f"Curso {n}", **cambios)
    while esperada := Capacitacion.objects.parecidas_a(cancelada).first():
        con_parecidas([cancelada])
        assert cancelada.parecida == esperada
        esperada.delete()
    con_parecidas([cancelada])
    assert cancelada.parecida is None


HTMX = {"HX-Request": "true"}


def test_a_htmx_se_le_responde_solo_lo_que_cambia_con_su_direccion(client, programa):
    respuesta = client.get(f"{CALENDARIO}?q=&departamento=&centro=cusco&pagina=1", headers=HTMX)
    assert "<html" not in respuesta.text
    assert '<div id="calendario"' in respuesta.text
    assert '<p id="anuncio" data-hx-swap-oob="innerHTML">' in respuesta.text
    assert respuesta["HX-Push-Url"] == f"{CALENDARIO}?centro=cusco&pagina=1"


def test_la_cache_no_confunde_el_fragmento_con_la_pagina(client, programa):
    for headers in ({}, HTMX, {}, HTMX):
        respuesta = client.get(CALENDARIO, headers=headers)
        assert "HX-Request" in respuesta["Vary"]
        assert ("<html" in respuesta.text) == (headers == {})


@pytest.mark.parametrize("ruta", ["", "?vista=mes", "entidades.json?q=muni"])
def test_lo_que_va_a_cache_no_lleva_cookies_ni_token(client, programa, ruta):
    respuesta = client.get(CALENDARIO + ruta)
    assert not respuesta.cookies
    assert "Cookie" not in respuesta.get("Vary", "")
    assert "public" in respuesta["Cache-Control"]
    assert "csrfmiddlewaretoken" not in respuesta.text


@pytest.mark.parametrize(
    "consulta", ["", "vista=mes", "vista=semana", "vista=pasadas", "departamento=08&cupos=libres&centro=cusco&q=curso"]
)
def test_las_consultas_no_crecen_con_las_capacitaciones(
    client, programa, en_dias, consulta, django_assert_max_num_queries
):
    def crear(desde, hasta):
        for n in range(desde, hasta):
            estado = "cancelada" if n % 4 == 0 else "publicada"
            en_dias(*dentro_de(n % 20 - 9, n % 20 - 8), titulo=f"Curso {n}", estado=estado)
            en_dias(*dentro_de(9), titulo=f"Otro curso {n}")

    def contar():
        with django_assert_max_num_queries(15) as capturadas:
            assert client.get(f"{CALENDARIO}?{consulta}").status_code == 200
        return len(capturadas)

    crear(0, 12)
    client.get(CALENDARIO)  # el menú y las opciones de los filtros quedan en memoria
    con_pocas = contar()
    crear(12, 60)
    assert contar() <= con_pocas


def test_el_mes_de_todo_el_pais_llega_liviano_a_un_telefono(client, en_dias):
    for n in range(240):
        en_dias(dt.date(2026, 11, 2 + n % 25), titulo=f"Programación y formulación presupuestaria {n}")
    respuesta = client.get(f"{CALENDARIO}?vista=mes&mes=2026-11")
    assert len(gzip.compress(respuesta.content)) < 15_000


def test_la_cuadricula_empieza_en_lunes_y_cubre_el_mes():
    semanas = meses.cuadricula(dt.date(2026, 11, 1), [], hoy=dt.date(2026, 11, 23))
    assert {len(semana) for semana in semanas} == {7}
    assert semanas[0][0].fecha == dt.date(2026, 10, 26)
    assert [d.fecha.day for s in semanas for d in s if d.es_del_mes] == list(range(1, 31))
    assert [d.fecha for s in semanas for d in s if d.es_hoy] == [dt.date(2026, 11, 23)]


@pytest.mark.parametrize(
    "texto", ["2026-13", "0000-13", "1999-01", "2026-1", "2026-11-01", "٢٠٢٦-11", "", None, "\x00"]
)
def test_un_mes_que_no_existe_no_se_lee(texto):
    assert meses.leer_mes(texto) is None


@pytest.mark.parametrize("texto", ["2026-W60", "2026-W00", "2027-W53", "2026-48", "2026W48", "0000-W01", "", None])
def test_una_semana_que_no_existe_no_se_lee(texto):
    assert meses.leer_semana(texto) is None


@given(fecha=st.dates(dt.date(2000, 1, 3), dt.date(2099, 12, 27)))
def test_toda_fecha_esta_en_la_semana_que_dice_su_codigo(fecha):
    lunes = meses.leer_semana(meses.codigo_de_semana(fecha))
    assert lunes == meses.lunes_de(fecha)
    assert 0 <= (fecha - lunes).days < 7


NOMBRES = [
    "q", "centro", "sistema", "tipo", "modalidad", "alcance", "organiza", "aliado", "cupos", "departamento",
    "provincia", "dia", "vista", "mes", "semana", "pagina",
]  # fmt: skip
VALOR = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["agenda", "mes", "semana", "pasadas", "2099-12", "2000-01", "0000-13", "2026-W60", "2099-W53", "2000-W01"]
        + ["9999-12-31", "0001-01-01", "9" * 5000, str(10**30), "-1", "\x00", "08", "0801", "libres", "cusco"]
    ),
)
RUTAS = ["/capacitaciones/", "/capacitaciones.ics", "/capacitaciones.rss", "/capacitaciones.json"]


@settings(max_examples=250)
@given(
    ruta=st.sampled_from(RUTAS),
    consulta=st.dictionaries(st.sampled_from(NOMBRES), st.lists(VALOR, min_size=1, max_size=3), max_size=5),
    headers=st.sampled_from([{}, HTMX]),
)
def test_ninguna_consulta_rompe_el_calendario_ni_sus_feeds(client, programa, ruta, consulta, headers):
    assert client.get(ruta, consulta, headers=headers).status_code == 200


@pytest.mark.parametrize("ruta", RUTAS)
@pytest.mark.parametrize(
    "vista", ["mes&mes=2000-01", "mes&mes=2099-12", "semana&semana=2000-W01", "semana&semana=2099-W53"]
)
def test_los_bordes_del_calendario_se_muestran(client, programa, ruta, vista):
    assert client.get(f"{ruta}?vista={vista}").status_code == 200


@pytest.mark.parametrize("ruta", RUTAS)
def test_un_valor_repetido_quinientas_veces_no_molesta(client, programa, ruta):
    respuesta = client.get(ruta, {"centro": ["cusco"] * 500, "tipo": [f"x{n}" for n in range(500)]})
    assert respuesta.status_code == 200
    assert len(respuesta.content) < 60_000
