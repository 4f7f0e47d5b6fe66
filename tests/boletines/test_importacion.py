"""Importar una lista de correos: se ensaya línea por línea, no resucita a nadie y se invita una sola vez."""

import datetime as dt
import io
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from boletines import enlaces
from boletines.actions import bajas
from boletines.actions import importacion as actions
from boletines.lista import MAXIMO, leer_lista
from boletines.models import ImportacionDeSuscriptores, Suscriptor
from boletines.segmentos import Segmento
from comun.exportar import a_xlsx
from correo.models import Envio, Supresion
from custodia.models import ArchivoPrivado, Consentimiento, Huella
from tests import personas
from tests.fabricas import SistemaFactory, SuscriptorFactory
from tests.pdf import pdf_minimo

pytestmark = pytest.mark.django_db
HOY = dt.date(2026, 3, 2)


def csv(*lineas, encabezado="correo,nombre,centro,temas"):
    return "\n".join([encabezado, *lineas]).encode()


def ensayar(contenido, *, evidencia=False, nombre="lista.csv", **cambios):
    prueba = SimpleUploadedFile("fichas.pdf", pdf_minimo()) if evidencia else None
    datos = {"procedencia": "Fichas del taller", "por": personas.comunicaciones(), "evidencia": prueba}
    datos |= {"recogida_en": HOY if evidencia else None} | cambios
    return actions.ensayar(archivo=SimpleUploadedFile(nombre, contenido), **datos)


def incorporar(importacion):
    return actions.incorporar(importacion=importacion, por=personas.comunicaciones())


def quejas(importacion):
    return {numero: por_que for numero, _, por_que, _ in importacion.errores}


def test_el_ensayo_dice_de_cada_linea_que_esta_mal_y_no_suscribe_a_nadie(cusco):
    SuscriptorFactory(correo="esta@x.example")
    SuscriptorFactory(correo="se-fue@x.example", estado="baja", baja_por="propia")
    SuscriptorFactory(correo="invitada@x.example", estado="invitado")
    for direccion, motivo in (("baja@x.example", "baja"), ("rebota@x.example", "rebote"), ("queja@x.example", "queja")):
        Supresion.objects.create(direccion=direccion, motivo=motivo)
    SistemaFactory()
    importacion = ensayar(
        csv(
            "Rosa@X.example,Rosa Quispe,cusco,presupuesto publico",
            "no-es-correo,Luis,,",
            ",Sin correo,,",
            "rosa@x.example,Otra vez,,",
            "ana@x.example,Ana,Marte,",
            "eva@x.example,Eva,,Alquimia",
            "=1+1,Luis,,",
            "mal@x.example,=HYPERLINK(1),,",
            f"largo@x.example,{'a' * 161},,",
            "esta@x.example,,,",
            "se-fue@x.example,,,",
            "invitada@x.example,,,",
            "baja@x.example,,,",
            "rebota@x.example,,,",
            "queja@x.example,,,",
            "columnas@x.example,a,,,de más",
        )
    )
    assert importacion.cuentas == {
        "nuevos": 1,
        "errores": 8,
        "repetidos": 1,
        "ya_estaban": 1,
        "ya_invitados": 1,
        "suprimidos": 4,
    }
    dichas = quejas(importacion)
    esperado = {
        3: "no es válido", 4: "Falta el correo", 5: "Repite la línea 2", 6: "No hay un centro «Marte»",
        7: "No hay un tema «Alquimia»", 8: "no es válido", 9: "fórmula", 10: "muy largo", 11: "Ya está suscrita",
        12: "no se resucita", 13: "no se le escribe otra vez", 14: "Se dio de baja", 15: "rebota",
        16: "no deseado", 17: "más columnas",
    }  # fmt: skip
    assert dichas.keys() == esperado.keys()
    for numero, texto in esperado.items():
        assert texto in dichas[numero], numero
    assert Suscriptor.objects.count() == 3
    assert not Envio.objects.exists()


def test_con_evidencia_quedan_suscritos_con_su_consentimiento(cusco):
    tema = SistemaFactory()
    importacion = ensayar(
        csv("rosa@x.example,Rosa,,presupuesto", "luis@x.example,,Cusco,"), evidencia=True, centro=personas.arequipa()
    )
    incorporar(importacion)
    rosa, luis = Suscriptor.objects.get(correo="rosa@x.example"), Suscriptor.objects.get(correo="luis@x.example")
    assert (rosa.estado, rosa.nombre, rosa.centro.nombre) == ("confirmado", "Rosa", "Arequipa")
    assert list(rosa.temas.all()) == [tema]
    assert luis.centro == cusco
    assert "rosa" in rosa.texto_busqueda
    consentimiento = rosa.consentimiento
    assert (consentimiento.canal, consentimiento.aviso.finalidad) == ("importacion", "suscripcion")
    assert rosa.consentimiento != luis.consentimiento
    assert not Envio.objects.exists()
    assert Segmento(("suscriptores",)).contar(None) == 2
    assert Huella.objects.get(accion="incorporar importación").detalle == {"nuevos": 2}


def test_sin_evidencia_se_les_invita_y_no_son_audiencia_de_nada():
    importacion = incorporar(ensayar(csv("rosa@x.example,Rosa,,", "luis@x.example,,,")))
    rosa = Suscriptor.objects.get(correo="rosa@x.example")
    assert (rosa.estado, rosa.consentimiento, rosa.importacion) == ("invitado", None, importacion)
    assert rosa.invitado_en
    assert not Suscriptor.objects.confirmados().exists()
    assert Segmento(("suscriptores",)).contar(None) == 0
    envio = Envio.objects.get()
    assert envio.es_masivo
    assert "una sola vez" in envio.texto
    assert "%URL_BAJA%" in envio.html
    entrega = envio.entregas.get(direccion="rosa@x.example")
    assert enlaces.suscriptor_por_invitacion(entrega.url_baja.split("/")[-2]) == rosa


def test_nunca_se_invita_dos_veces_aunque_se_reimporte():
    contenido = csv("rosa@x.example,,,")
    incorporar(ensayar(contenido))
    otra = ensayar(contenido)
    assert otra.cuentas == {"ya_invitados": 1}
    with pytest.raises(actions.NoProcede):
        incorporar(otra)
    otra.refresh_from_db()
    assert otra.estado == "ensayada"
    assert Envio.objects.count() == 1


def test_quien_fue_invitado_y_despues_aparece_con_evidencia_queda_suscrito():
    incorporar(ensayar(csv("rosa@x.example,,,")))
    incorporar(ensayar(csv("rosa@x.example,Rosa,,"), evidencia=True))
    rosa = Suscriptor.objects.get()
    assert (rosa.estado, rosa.nombre, rosa.consentimiento.canal) == ("confirmado", "Rosa", "importacion")


@pytest.mark.parametrize("evidencia", [True, False])
def test_una_lista_no_resucita_a_quien_se_borro_se_dio_de_baja_o_rebota(evidencia):
    borrada, de_baja, rebota = (SuscriptorFactory(correo=f"{n}@x.example") for n in ("borrada", "baja", "rebota"))
    bajas.borrar_suscriptor(suscriptor=borrada, motivo="Lo pidió", por=personas.comunicaciones())
    bajas.dar_de_baja(suscriptor=de_baja)
    Supresion.objects.create(direccion=rebota.correo, motivo="rebote")
    bajas.anotar_supresion(rebota.correo, "rebote")
    lineas = [f"{n}@x.example,,," for n in ("borrada", "baja", "rebota", "nueva")]
    importacion = incorporar(ensayar(csv(*lineas), evidencia=evidencia))
    assert importacion.cuentas == {"nuevos": 1, "suprimidos": 3}
    assert not Suscriptor.objects.filter(correo="borrada@x.example").exists()
    assert Suscriptor.objects.filter(estado="baja").count() == 2
    assert Supresion.objects.count() == 3


def test_quien_se_da_de_baja_entre_el_ensayo_y_la_confirmacion_no_entra():
    importacion = ensayar(csv("rosa@x.example,,,", "luis@x.example,,,"), evidencia=True)
    Supresion.objects.create(direccion="rosa@x.example", motivo="baja")
    importacion = incorporar(importacion)
    assert importacion.cuentas == {"nuevos": 1, "suprimidos": 1}
    assert [s.correo for s in Suscriptor.objects.all()] == ["luis@x.example"]


def test_confirmar_dos_veces_no_duplica():
    importacion = ensayar(csv("rosa@x.example,,,"))
    incorporar(importacion)
    incorporar(importacion)
    assert Suscriptor.objects.count() == 1
    assert Envio.objects.count() == 1
    assert Huella.objects.filter(accion="incorporar importación").count() == 1


@pytest.mark.django_db(transaction=True)
def test_dos_confirmaciones_a_la_vez_incorporan_una_sola_vez():
    por = personas.comunicaciones()
    importacion = ensayar(csv(*(f"n{n}@x.example,,," for n in range(300))), evidencia=True)
    juntas = threading.Barrier(2)

    def confirmar(_):
        juntas.wait()
        try:
            return actions.incorporar(importacion=importacion, por=por).estado
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hilos:
        assert list(hilos.map(confirmar, range(2))) == ["incorporada"] * 2
    assert Suscriptor.objects.count() == 300
    assert Consentimiento.objects.count() == 300
    assert Huella.objects.filter(accion="incorporar importación").count() == 1


def test_si_algo_falla_a_la_mitad_no_queda_nadie(monkeypatch):
    importacion = ensayar(csv("rosa@x.example,,,"))

    def fallar(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "poner_en_cola", fallar)
    with pytest.raises(RuntimeError):
        incorporar(importacion)
    assert not Suscriptor.objects.exists()
    importacion.refresh_from_db()
    assert importacion.estado == "ensayada"


def test_descartar_borra_el_archivo_y_lo_leido_y_ya_no_se_confirma(django_capture_on_commit_callbacks):
    importacion = ensayar(csv("rosa@x.example,,,", "mala,,,"), evidencia=True)
    ruta = importacion.archivo.archivo.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.descartar(importacion=importacion, por=personas.comunicaciones())
    importacion.refresh_from_db()
    assert (importacion.estado, importacion.errores, importacion.archivo) == ("descartada", [], None)
    assert not ArchivoPrivado.objects.exists()
    with pytest.raises(FileNotFoundError), open(ruta):
        pass
    with pytest.raises(actions.NoProcede, match="se descartó"):
        incorporar(importacion)
    actions.descartar(importacion=importacion, por=personas.comunicaciones())


def test_lo_incorporado_no_se_descarta():
    importacion = incorporar(ensayar(csv("rosa@x.example,,,"), evidencia=True))
    with pytest.raises(actions.NoProcede, match="Ya se incorporó"):
        actions.descartar(importacion=importacion, por=personas.comunicaciones())


def test_quien_se_da_de_baja_mientras_se_confirma_no_vuelve(monkeypatch):
    """En PostgreSQL otra transacción puede confirmar su baja entre leer la línea y guardarla."""
    rosa = SuscriptorFactory(correo="rosa@x.example", estado="pendiente")
    importacion = ensayar(csv("rosa@x.example,Rosa,,", "luis@x.example,,,"), evidencia=True)
    de_verdad = actions.ensayar_filas

    def y_se_va(*args, **kwargs):
        renglones = list(de_verdad(*args, **kwargs))
        bajas.dar_de_baja(suscriptor=rosa)
        yield from renglones

    monkeypatch.setattr(actions, "ensayar_filas", y_se_va)
    incorporar(importacion)
    rosa.refresh_from_db()
    assert (rosa.estado, rosa.importacion) == ("baja", None)
    assert Suscriptor.objects.get(correo="luis@x.example").estado == "confirmado"


def test_llevarse_la_lista_subida_queda_anotado(client):
    importacion = ensayar(csv("rosa@x.example,Rosa,,"))
    client.force_login(personas.comunicaciones())
    b"".join(
        client.get(reverse("importacion_de_suscriptores_archivo", args=[importacion.pk, "lista"])).streaming_content
    )
    huella = Huella.objects.get(accion="descargar importación")
    assert (huella.objeto, huella.detalle) == (str(importacion.pk), {"que": "lista"})


# --- El archivo, venga como venga ---


def correos(contenido, nombre="lista.csv"):
    return [fila.valores.get("correo") for fila in leer_lista(contenido, nombre)]


@pytest.mark.parametrize(
    "contenido",
    [
        b"correo;nombre\nrosa@x.example;Rosa\n",
        b"correo\tnombre\r\nrosa@x.example\tRosa\r\n",
        b"correo,nombre\rrosa@x.example,Rosa\r",
        "\ufeffCORREO *,Nombre\nrosa@x.example,Ñusta\n".encode(),
        "correo,nombre\nrosa@x.example,Ñusta\n".encode("cp1252"),
        "correo,nombre\nrosa@x.example,Ñusta\n".encode("utf-16"),
        b'"correo","nombre"\n"rosa@x.example","Quispe, Rosa"\n',
        b"nombre,correo\n\n,,\nRosa,rosa@x.example",
    ],
)
def test_entiende_como_guarda_un_csv_cada_programa(contenido):
    assert correos(contenido) == ["rosa@x.example"]


def test_entiende_excel_y_avisa_de_sus_formulas():
    libro = Workbook()
    for fila in (["Correo", "Nombre"], ["rosa@x.example", "Rosa"], ["=A1", "Fórmula"]):
        libro.active.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    importacion = ensayar(salida.getvalue(), nombre="lista.xlsx")
    assert importacion.cuentas == {"nuevos": 1, "errores": 1}
    assert "fórmula" in quejas(importacion)[3]


@pytest.mark.parametrize(
    ("contenido", "nombre", "mensaje"),
    [
        (b"", "lista.csv", "vacío"),
        (b"\n\n  \n", "lista.csv", "vacío"),
        (b"rosa@x.example\n", "lista.csv", "encabezados"),
        (b"correo\n", "lista.csv", "ninguna línea"),
        (b"correo,telefono\nrosa@x.example,9\n", "lista.csv", "telefono"),
        (b"correo,correo\na@x.example,b@x.example\n", "lista.csv", "se repiten"),
        (b"PK\x03\x04basura", "lista.xlsx", "dañado"),
        (b"no es un libro", "lista.xlsx", "No es un libro"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lista.xls", "antiguo"),
        (b"x" * (20 * 1024 * 1024 + 1), "lista.csv", "lo más que se admite"),
        (b"correo\n" + b"a@x.example\n" * (MAXIMO + 1), "lista.csv", "más de 100,000"),
    ],
)
def test_lo_que_no_es_una_lista_se_explica_y_no_guarda_nada(contenido, nombre, mensaje):
    with pytest.raises(ValidationError) as error:
        ensayar(contenido, nombre=nombre)
    assert mensaje in " ".join(error.value.messages)
    assert not ImportacionDeSuscriptores.objects.exists()
    assert not ArchivoPrivado.objects.exists()


def test_una_evidencia_que_no_se_puede_leer_no_guarda_nada():
    with pytest.raises(ValidationError):
        actions.ensayar(
            archivo=SimpleUploadedFile("lista.csv", csv("rosa@x.example,,,")),
            evidencia=SimpleUploadedFile("fichas.pdf", b"no es un pdf"),
            procedencia="x",
            por=personas.comunicaciones(),
        )
    assert not ArchivoPrivado.objects.exists()


@settings(max_examples=150)
@given(basura=st.lists(st.binary(max_size=60), max_size=12))
def test_ninguna_basura_tumba_el_ensayo_y_la_linea_buena_entra(db, basura):
    lineas = [trozo.replace(b"\n", b"").replace(b"\r", b"") for trozo in basura]
    contenido = b"\n".join([b"correo,nombre", *lineas, b"rosa@x.example,Rosa"])
    importacion = ensayar(contenido)
    assert importacion.cuentas["nuevos"] >= 1
    assert sum(importacion.cuentas.values()) <= len(lineas) + 1
    importacion.refresh_from_db()
    assert all("\x00" not in dice for _, dice, _, _ in importacion.errores)


def lista_sucia(cuantas):
    """Una de cada diez es basura: nulos, bytes inválidos, fórmulas, columnas de más, líneas enormes, comillas."""
    basura = [
        b"nulo\x00@x.example,,,", b"invalido\x81@x.example,\x81\x8d,,", b"=cmd|'/c calc'!A1,,,", b"a@x.example,b,,,,,z",
        b"x" * 10_000, b'"sin cerrar,,,', b"sin-arroba,,,", b"n1@x.example,repetida,,", b"mal@x.example,,Marte,",
    ]  # fmt: skip
    lineas = [b"correo,nombre,centro,temas"]
    for n in range(cuantas):
        lineas.append(basura[n // 10 % len(basura)] if n % 10 == 9 else f"n{n}@x.example,Persona {n},Cusco,".encode())
    return b"\n".join(lineas)


@pytest.mark.lenta
def test_cincuenta_mil_lineas_con_basura_en_tiempo_y_memoria_acotados(cusco):
    contenido = lista_sucia(50_000)
    tracemalloc.start()
    inicio = time.monotonic()
    importacion = ensayar(contenido, evidencia=True)
    ensayada = time.monotonic() - inicio
    _, pico = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    inicio = time.monotonic()
    importacion = incorporar(importacion)
    incorporada = time.monotonic() - inicio
    assert importacion.cuentas["nuevos"] == 45_000
    assert sum(importacion.cuentas.values()) == 50_000
    assert len(importacion.errores) == 5_000
    assert Suscriptor.objects.confirmados().count() == 45_000
    assert ensayada < 60
    assert incorporada < 60
    assert pico < 100 * 2**20


# --- Las pantallas ---


@pytest.fixture
def cliente(client, comunicaciones):
    client.force_login(comunicaciones)
    return client


def subir(cliente, contenido, **cambios):
    datos = {"archivo": SimpleUploadedFile("lista.csv", contenido), "procedencia": "Fichas del taller"} | cambios
    return cliente.post(reverse("importacion_de_suscriptores_nueva"), datos, follow=True)


def test_subir_ensayar_confirmar_y_ver_el_resultado(cliente, cusco):
    pagina = subir(cliente, csv("rosa@x.example,Rosa,,", "mala,<b>x</b>,,"), centro=cusco.pk).text
    assert "Invitar a 1 dirección" in pagina
    assert "El correo no es válido" in pagina
    assert "&lt;b&gt;x&lt;/b&gt;" in pagina
    importacion = ImportacionDeSuscriptores.objects.get()
    assert cliente.get(reverse("importacion_de_suscriptores_confirmar", args=[importacion.pk])).status_code == 405
    pagina = cliente.post(reverse("importacion_de_suscriptores_confirmar", args=[importacion.pk]), follow=True).text
    assert "1 direcciones recibirán una invitación" in pagina
    assert Suscriptor.objects.get().estado == "invitado"
    assert "Fichas del taller" in cliente.get(reverse("importaciones_de_suscriptores")).text


def test_la_pagina_muestra_las_primeras_y_la_descarga_las_trae_todas_sin_formulas(cliente):
    subir(cliente, csv(*(f"=mala{n},,," for n in range(250))))
    importacion = ImportacionDeSuscriptores.objects.get()
    pagina = cliente.get(reverse("importacion_de_suscriptores", args=[importacion.pk])).text
    assert "las primeras 100 de 250" in pagina
    assert pagina.count("=mala") == 100
    descarga = cliente.get(reverse("importacion_de_suscriptores_errores", args=[importacion.pk, "csv"]))
    assert descarga.text.count("'=mala") == 250
    assert cliente.get(reverse("importacion_de_suscriptores_errores", args=[importacion.pk, "exe"])).status_code == 404


def test_descartar_desde_la_pantalla(cliente):
    subir(cliente, csv("rosa@x.example,,,"))
    importacion = ImportacionDeSuscriptores.objects.get()
    respuesta = cliente.post(reverse("importacion_de_suscriptores_descartar", args=[importacion.pk]), follow=True)
    assert "no se suscribió a nadie" in respuesta.text
    confirmar = reverse("importacion_de_suscriptores_confirmar", args=[importacion.pk])
    assert "se descartó" in cliente.post(confirmar, follow=True).text
    assert (
        cliente.get(reverse("importacion_de_suscriptores_archivo", args=[importacion.pk, "lista"])).status_code == 404
    )


def test_la_lista_y_la_evidencia_solo_las_baja_quien_importa(cliente, client, coordinadora):
    prueba = SimpleUploadedFile("fichas.pdf", pdf_minimo())
    subir(cliente, csv("rosa@x.example,,,"), evidencia=prueba, recogida_en="2026-03-02")
    importacion = ImportacionDeSuscriptores.objects.get()
    urls = [reverse("importacion_de_suscriptores_archivo", args=[importacion.pk, c]) for c in ("lista", "evidencia")]
    for url, comienzo in zip(urls, (b"correo", b"%PDF-"), strict=True):
        assert cliente.get(url).getvalue().startswith(comienzo)
    client.force_login(coordinadora)
    assert [client.get(url).status_code for url in urls] == [403, 403]
    assert client.post(reverse("importacion_de_suscriptores_confirmar", args=[importacion.pk])).status_code == 403
    assert not Suscriptor.objects.exists()


@pytest.mark.parametrize(
    ("cambio", "mensaje"),
    [
        ({"archivo": ""}, "Elija el archivo"),
        ({"procedencia": ""}, "Diga de dónde viene"),
        ({"evidencia": SimpleUploadedFile("e.pdf", b"%PDF-")}, "diga cuándo aceptaron"),
        ({"recogida_en": "2999-01-01"}, "todavía no llega"),
        ({"centro": "x"}, "opción"),
    ],
)
def test_un_dato_malo_al_subir_se_explica(cliente, cambio, mensaje):
    assert mensaje in subir(cliente, csv("rosa@x.example,,,"), **cambio).text
    assert not ImportacionDeSuscriptores.objects.exists()


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_la_plantilla_que_se_baja_se_puede_subir(cliente, cusco, formato):
    SistemaFactory(slug="tesoreria", nombre="Tesorería")
    SistemaFactory()
    plantilla = cliente.get(reverse("importacion_de_suscriptores_plantilla", args=[formato])).content
    assert ensayar(plantilla, nombre=f"lista.{formato}").cuentas == {"nuevos": 1}


def test_un_libro_con_muchas_filas_se_lee(cusco):
    filas = [(f"n{n}@x.example", "Ana", "Cusco", "") for n in range(2500)]
    assert ensayar(a_xlsx(["correo", "nombre", "centro", "temas"], filas), nombre="l.xlsx").cuentas == {"nuevos": 2500}
