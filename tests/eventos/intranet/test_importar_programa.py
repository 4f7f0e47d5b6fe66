"""Importar el programa de Excel: ensayo fila por fila, y nada se guarda hasta confirmar."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from custodia.models import Huella
from eventos.actions.importacion import YaDescartada, confirmar, descartar
from eventos.importacion import COLUMNAS
from eventos.models import Capacitacion, Expositor, ImportacionDePrograma, Sesion
from organizacion.models import Sistema
from tests import personas
from tests.fabricas import CapacitacionFactory, ExpositorFactory, PersonalFactory, SistemaFactory
from tests.reloj import Medida

pytestmark = pytest.mark.django_db
DIA = dt.date(2026, 12, 7)


@pytest.fixture(autouse=True)
def sistemas():
    SistemaFactory()
    SistemaFactory(slug="contabilidad", nombre="Contabilidad Pública")


@pytest.fixture
def julia(cusco):
    return PersonalFactory(nombres="Julia", apellidos="Huamán Rojas", centro=cusco)


def fila(**cambios):
    """Una fila que está bien; las llaves son los encabezados."""
    buena = {
        "Título": "Cierre contable",
        "Tipo": "General básica",
        "Modalidad": "Presencial",
        "Sistemas": "Contabilidad Pública",
        "Fecha": DIA,
        "Desde": "9:00",
        "Hasta": "13:00",
        "Lugar": "Auditorio",
        "Cupos": 20,
        "Objetivo": "Cerrar sin observaciones.",
    }
    return [(buena | cambios).get(columna) for columna in COLUMNAS]


def libro(*filas):
    cuaderno = Workbook()
    cuaderno.active.append(COLUMNAS)
    for una in filas:
        cuaderno.active.append(una)
    salida = io.BytesIO()
    cuaderno.save(salida)
    return salida.getvalue()


def subir(cliente, contenido, nombre="programa.xlsx", centro=""):
    url = reverse("eventos_intranet:programa-importar") + (f"?centro={centro}" if centro else "")
    return cliente.post(url, {"archivo": SimpleUploadedFile(nombre, contenido)}, follow=True)


def importar(cliente, *filas):
    subir(cliente, libro(*filas))
    return ImportacionDePrograma.objects.latest("pk")


def decidir(cliente, importacion, que="confirmar"):
    return cliente.post(reverse(f"eventos_intranet:importacion-{que}", args=[importacion.pk]), follow=True)


def test_se_sube_se_lee_el_informe_y_recien_al_confirmar_se_guarda(cliente, asistente, cusco, julia):
    doble = {"Desde (tarde)": "2:30 p. m.", "Hasta (tarde)": dt.time(17, 30), "Expositor": "Huamán Rojas, Julia"}
    importacion = importar(cliente, fila(**doble, Tema="Cuentas"), fila(Título="Mala", Tipo="Rara"))
    informe = cliente.get(reverse("eventos_intranet:importacion", args=[importacion.pk])).text
    assert "Cierre contable" in informe
    assert "«Tipo» no puede ser «Rara»" in informe
    assert "Crear el borrador" in informe
    assert not Capacitacion.objects.exists()

    assert "Se crearon 1 borrador" in decidir(cliente, importacion).text
    cierre = Capacitacion.objects.get()
    assert (cierre.titulo, cierre.estado, cierre.centro, cierre.cupos) == ("Cierre contable", "borrador", cusco, 20)
    assert [str(s) for s in cierre.sesiones.all()] == ["07/12/2026 09:00", "07/12/2026 14:30"]
    assert (cierre.expositores.get().personal, cierre.expositores.get().tema) == (julia, "Cuentas")
    assert [s.slug for s in cierre.sistemas.all()] == ["contabilidad"]
    importacion.refresh_from_db()
    assert (importacion.estado, importacion.creada_por) == ("confirmada", asistente)
    assert importacion.confirmada_en
    assert set(Huella.objects.values_list("accion", flat=True)) >= {"revisar importación", "confirmar importación"}


@pytest.mark.parametrize(
    ("cambios", "queja"),
    [
        ({"Título": None}, "Falta «Título»."),
        ({"Fecha": "mañana"}, "«Fecha»: No se entiende la fecha «mañana»"),
        ({"Fecha": "7/12/1926"}, "revise el año (1926)"),
        ({"Desde": "25:00"}, "«Desde»: No se entiende la hora"),
        ({"Hasta": "8:00"}, "«Hasta» debe ser posterior a «Desde»."),
        ({"Desde (tarde)": "15:00"}, "«Desde (tarde)» y «Hasta (tarde)» van juntas."),
        ({"Desde (tarde)": "12:00", "Hasta (tarde)": "15:00"}, "antes de que termine el primero"),
        ({"Modalidad": "Semipresencial"}, "«Modalidad» no puede ser"),
        ({"Sistemas": "Astronomía"}, "No hay un sistema que se llame «Astronomía»."),
        ({"Cupos": "muchos"}, "«Cupos»: Escriba un número entero"),
        ({"Cupos": -3}, "«Cupos»: Escriba un número entero"),
        ({"Título": "x" * 161}, "«Título»: "),
        ({"Enlace virtual": "no es un enlace"}, "«Enlace virtual»: "),
        ({"Expositor": "x" * 161}, "El expositor admite 160"),
        ({"Fecha": "=HOY()"}, "es una fórmula"),
    ],
)
def test_cada_error_se_dice_en_su_fila_y_esa_fila_no_se_crea(cliente, cambios, queja):
    importacion = importar(cliente, fila(Título="La buena"), fila(**cambios))
    buena, mala = importacion.filas
    assert not buena["errores"]
    assert queja in " ".join(mala["errores"])
    assert mala["datos"] is None
    decidir(cliente, importacion)
    assert [c.titulo for c in Capacitacion.objects.all()] == ["La buena"]


@pytest.mark.parametrize(
    ("cambios", "aviso"),
    [
        ({"Fecha": "5/12/2026"}, "Ese día no es hábil."),
        ({"Fecha": "8/12/2026"}, "Ese día no es hábil."),
        ({"Fecha": "2/11/2026"}, "La fecha ya pasó."),
        ({"Expositor": "Nadie Conocido"}, "no está en el personal"),
        ({"Tema": "Cuentas"}, "El tema no se guarda"),
    ],
)
def test_un_aviso_no_impide(cliente, cambios, aviso):
    importacion = importar(cliente, fila(**cambios))
    assert aviso in " ".join(importacion.filas[0]["avisos"])
    decidir(cliente, importacion)
    assert Capacitacion.objects.count() == 1


@pytest.mark.parametrize("fecha", [DIA, dt.datetime(2026, 12, 7), "7/12/2026", "2026-12-07", "7 de diciembre de 2026"])
@pytest.mark.parametrize("hora", ["9:00", "9", dt.time(9), 0.375, "9:00 a. m."])
def test_las_fechas_y_las_horas_se_entienden_en_varios_formatos(cliente, fecha, hora):
    (leida,) = importar(cliente, fila(Fecha=fecha, Desde=hora)).filas
    assert leida["datos"]["turnos"] == [["2026-12-07", "09:00", "13:00"]]


def test_varios_sistemas_van_con_punto_y_coma(cliente):
    (leida,) = importar(cliente, fila(Sistemas="contabilidad; Presupuesto")).filas
    assert leida["datos"]["sistemas"] == list(
        Sistema.objects.filter(slug__in=["contabilidad", "presupuesto"]).order_by("slug").values_list("pk", flat=True)
    )


def test_las_repetidas_en_el_archivo_y_las_que_ya_estan_son_error(cliente, cusco):
    CapacitacionFactory(titulo="Ya está", centro=cusco, fecha_inicio=DIA)
    importacion = importar(cliente, fila(), fila(Título="CIERRE CONTABLE"), fila(Título="Ya esta"))
    assert [f["errores"] for f in importacion.filas] == [
        [],
        ["Repite la fila 2."],
        ["El centro ya la tiene programada ese día a esa hora."],
    ]


def test_los_choques_son_avisos_contra_lo_guardado_y_entre_las_filas(cliente, cusco, julia):
    otra = CapacitacionFactory(titulo="Tesorería", centro=cusco, fecha_inicio=DIA, lugar="")
    ExpositorFactory(capacitacion=otra, personal=julia, nombre=str(julia))
    importacion = importar(cliente, fila(Expositor=str(julia)), fila(Título="Otra", Lugar="auditorio"))
    primera, segunda = (" ".join(f["avisos"]) for f in importacion.filas)
    assert "«Tesorería»" in primera
    assert "Sala «Auditorio»: ocupada" in primera
    assert "Sala «auditorio»: ocupada" in segunda


@pytest.mark.parametrize(
    ("contenido", "queja"),
    [
        (b"Titulo;Fecha", "No es un libro de Excel"),
        (b"PK\x03\x04basura", "dañado"),
        (b"\xd0\xcf\x11\xe0viejo", "antiguo"),
        (b"", "vacío"),
    ],
)
def test_lo_que_no_es_un_libro_se_dice_y_no_deja_nada(cliente, contenido, queja):
    respuesta = subir(cliente, contenido)
    assert respuesta.status_code == 200
    assert queja in respuesta.text
    assert not ImportacionDePrograma.objects.exists()


def test_sin_archivo_se_pide(cliente):
    assert "Elija el archivo" in cliente.post(reverse("eventos_intranet:programa-importar"), {}).text


def test_mas_de_dos_mil_filas_no_se_leen(cliente):
    assert "más de 2,000 filas" in subir(cliente, libro(*[fila()] * 2001)).text


def test_la_plantilla_se_llena_y_se_sube_tal_cual(cliente, julia):
    respuesta = cliente.get(reverse("eventos_intranet:programa-plantilla"))
    cuaderno = load_workbook(io.BytesIO(respuesta.content))
    hoja = cuaderno.worksheets[0]
    assert tuple(celda.value for celda in hoja[1]) == COLUMNAS
    assert "Julia Huamán Rojas" in [celda.value for celda in cuaderno["Listas"]["D"]]
    hoja.append(fila())
    salida = io.BytesIO()
    cuaderno.save(salida)
    assert "Crear el borrador" in subir(cliente, salida.getvalue()).text


def test_el_ejemplo_de_la_plantilla_vale(cliente):
    hoja = load_workbook(io.BytesIO(cliente.get(reverse("eventos_intranet:programa-plantilla")).content))["Ayuda"]
    ejemplo = [celda.value for celda in hoja[5]]
    assert not importar(cliente, ejemplo).filas[0]["errores"]


# --- Confirmar y descartar ---


def test_confirmar_dos_veces_no_duplica(cliente):
    importacion = importar(cliente, fila())
    decidir(cliente, importacion)
    decidir(cliente, importacion)
    assert Capacitacion.objects.count() == 1
    assert Huella.objects.filter(accion="confirmar importación").count() == 1


def test_confirmar_dos_veces_el_mismo_archivo_tampoco(cliente):
    una, otra = importar(cliente, fila()), importar(cliente, fila())
    decidir(cliente, una)
    assert "No se creó nada" in decidir(cliente, otra).text
    assert Capacitacion.objects.count() == 1


def test_lo_descartado_no_se_confirma_y_lo_confirmado_no_se_descarta(cliente, asistente):
    importacion = importar(cliente, fila())
    assert "Se descartó" in decidir(cliente, importacion, "descartar").text
    descartar(importacion=importacion, por=asistente)
    with pytest.raises(YaDescartada):
        confirmar(importacion=importacion, por=asistente)
    assert "se descartó" in decidir(cliente, importacion).text
    assert not Capacitacion.objects.exists()
    otra = importar(cliente, fila())
    decidir(cliente, otra)
    assert "Ya se confirmó" in decidir(cliente, otra, "descartar").text


def test_sin_filas_buenas_no_hay_que_confirmar(cliente):
    importacion = importar(cliente, fila(Tipo="Rara"))
    assert "Ninguna fila está bien" in decidir(cliente, importacion).text
    importacion.refresh_from_db()
    assert importacion.estado == "revisada"


def test_si_una_falla_al_confirmar_no_se_crea_ninguna(cliente, asistente, monkeypatch):
    from eventos.actions import lote

    importacion, guardar = importar(cliente, fila(), fila(Título="Segunda")), lote.guardar_capacitacion

    def falla(*, capacitacion, **lo_demas):
        if capacitacion.titulo == "Segunda":
            raise RuntimeError
        return guardar(capacitacion=capacitacion, **lo_demas)

    monkeypatch.setattr(lote, "guardar_capacitacion", falla)
    with pytest.raises(RuntimeError):
        confirmar(importacion=importacion, por=asistente)
    assert not any(modelo.objects.exists() for modelo in (Capacitacion, Sesion, Expositor))
    importacion.refresh_from_db()
    assert importacion.estado == "revisada"


def test_mirar_el_informe_no_guarda_nada(cliente):
    importacion = importar(cliente, fila())
    cliente.get(reverse("eventos_intranet:importacion", args=[importacion.pk]))
    for que in ("confirmar", "descartar"):
        url = reverse(f"eventos_intranet:importacion-{que}", args=[importacion.pk])
        assert cliente.get(url).status_code == 405
    assert not Capacitacion.objects.exists()


def test_la_importacion_de_otro_centro_no_existe(cliente, client):
    importacion = importar(cliente, fila())
    client.force_login(personas.coordinador_de_arequipa())
    assert client.get(reverse("eventos_intranet:importacion", args=[importacion.pk])).status_code == 404
    assert decidir(client, importacion).status_code == 404
    assert subir(client, libro(fila()), centro="cusco").status_code == 404
    assert not Capacitacion.objects.exists()


# --- Medida ---


@pytest.mark.lenta
def test_importar_quinientas_capacitaciones_tarda_menos_de_diez_segundos(cliente, cusco, julia):
    """La medida del issue 4: subir, revisar y confirmar, con sus pantallas."""
    filas = [
        fila(
            Título=f"Curso {n}", Fecha=dt.date(2026, 12, 1) + dt.timedelta(n % 200), Expositor=str(julia), Lugar=f"S{n}"
        )
        for n in range(500)
    ]
    contenido = libro(*filas)
    with Medida() as medida:
        subir(cliente, contenido)
        decidir(cliente, ImportacionDePrograma.objects.get())
    assert Capacitacion.objects.count() == 500
    print(f"Importar 500 capacitaciones: {medida}")  # noqa: T201 - se lee con «pytest -s»
    assert medida.segundos < 10
