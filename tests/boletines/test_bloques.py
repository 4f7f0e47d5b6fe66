"""Los bloques fijos: su orden, lo que exigen y los gráficos, que se congelan al publicar (R105, invariante 10)."""

import datetime as dt

import pytest
from wagtail.blocks import StreamBlockValidationError

from boletines import graficos
from boletines.bloques import SeccionesBlock
from boletines.edicion import SECCIONES, contenido_de
from boletines.models import BoletinPage, ComunicadoPage, Edicion
from eventos import estadistica
from eventos.cifras import cifras_totales
from tests.boletines.conftest import nueva_edicion, nuevo_comunicado
from tests.fabricas import AsistenciaFactory, CapacitacionFactory, InscripcionFactory, SesionFactory, SistemaFactory

pytestmark = pytest.mark.django_db
MES = dt.date(2026, 10, 1)


def publicar(archivo, *bloques, **cambios):
    boletin = nueva_edicion(archivo, live=False, **cambios)
    boletin.cuerpo = [{"type": tipo, "value": valor} for tipo, valor in bloques]
    boletin.save_revision().publish()
    return BoletinPage.objects.get(pk=boletin.pk)


def dictada(centro, personas, dia=dt.date(2026, 10, 8)):
    capacitacion = CapacitacionFactory(centro=centro, fecha_inicio=dia, sesiones=False)
    capacitacion.sistemas.add(SistemaFactory())
    sesion = SesionFactory(capacitacion=capacitacion, fecha=dia)
    for _ in range(personas):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), sesion=sesion)
    return capacitacion


def grafico(cifra="participantes_por_centro"):
    return "grafico", {"cifra": cifra, "comentario": "Creció."}


def test_cada_bloque_tiene_su_seccion_y_ninguno_admite_html_libre():
    assert set(SeccionesBlock.base_blocks) == {tipo for tipo, _ in SECCIONES}
    campos = [campo for bloque in SeccionesBlock.base_blocks.values() for campo in bloque.child_blocks.values()]
    assert not [campo for campo in campos if type(campo).__name__ in ("RawHTMLBlock", "EmbedBlock")]


def test_las_secciones_nuevas_salen_en_su_orden_y_los_comunicados_con_su_texto_oficial(client, archivo, lista):
    comunicado = nuevo_comunicado(lista)
    boletin = publicar(
        archivo,
        ("agenda", {"fecha": "2026-11-10", "que": "Vence el registro", "donde": "Portal"}),
        ("comunicado", {"comunicado": comunicado.pk}),
        ("disposicion", {"titulo": "Formato nuevo", "texto": "<p>Rige ya.</p>"}),
    )
    pagina = client.get(boletin.url).content.decode()
    lugares = [pagina.index(x) for x in ("Resumen oficial", "Formato nuevo", "Vence el registro")]
    assert lugares == sorted(lugares)
    comunicado.unpublish()
    assert "Resumen oficial" not in client.get(boletin.url).content.decode()


def test_un_comunicado_en_borrador_no_se_puede_elegir(lista):
    borrador = nuevo_comunicado(lista, live=False)
    bloque = SeccionesBlock()
    valor = bloque.to_python([{"type": "comunicado", "value": {"comunicado": borrador.pk}}])
    with pytest.raises(StreamBlockValidationError):
        bloque.clean(valor)
    ComunicadoPage.objects.update(live=True)
    bloque.clean(bloque.to_python([{"type": "comunicado", "value": {"comunicado": borrador.pk}}]))


def test_una_imagen_pide_texto_alternativo_o_que_se_diga_decorativa(imagen):
    def noticia(**foto):
        bloque = SeccionesBlock()
        valor = {"titulo": "T", "texto": "<p>x</p>", "imagen": {"image": imagen.pk, "alt_text": "", **foto}}
        return bloque.clean(bloque.to_python([{"type": "noticia", "value": valor}]))

    with pytest.raises(StreamBlockValidationError):
        noticia(decorative=False)
    noticia(decorative=True)


def test_el_grafico_dice_lo_mismo_que_la_estadistica_y_su_tabla_se_lee(client, archivo, cusco, arequipa):
    dictada(cusco, 7)
    dictada(arequipa, 5)
    boletin = publicar(archivo, grafico())
    del_mes = estadistica.terminadas(desde=MES, hasta=dt.date(2026, 10, 31))
    esperado = cifras_totales(estadistica.que_cuentan_para_centro(del_mes, cusco)).participantes
    [seccion] = contenido_de(boletin)["secciones"]
    assert [(b.nombre, b.texto) for b in seccion["piezas"][0].cuadro.barras] == [
        ("Cusco", str(esperado)),
        ("Arequipa", "5"),
    ]
    pagina = client.get(boletin.url).content.decode()
    assert "<caption>Participantes por centro</caption>" in pagina
    assert '<th scope="row">Cusco</th>' in pagina


def test_las_cifras_publicadas_no_cambian_aunque_cambien_los_datos(archivo, cusco):
    dictada(cusco, 6)
    boletin = publicar(archivo, grafico())
    congeladas = Edicion.objects.get().cifras
    assert congeladas["participantes_por_centro"]["filas"] == [["Cusco", 6]]

    dictada(cusco, 5, dt.date(2026, 10, 15))
    boletin.save_revision().publish()
    assert Edicion.objects.get().cifras == congeladas
    assert graficos.calcular("participantes_por_centro", MES).filas == [["Cusco", 11]]


def test_un_borrador_no_congela_nada_y_muestra_las_cifras_de_hoy(archivo, cusco):
    dictada(cusco, 6)
    boletin = nueva_edicion(archivo, live=False)
    boletin.cuerpo = [{"type": "grafico", "value": {"cifra": "participantes_por_centro", "comentario": ""}}]
    boletin.save_revision()
    assert not Edicion.objects.exists()
    assert contenido_de(boletin)["secciones"][0]["piezas"][0].cuadro.filas == [["Cusco", 6]]


def test_menos_de_cinco_personas_no_se_muestran(archivo, cusco):
    dictada(cusco, 4)
    boletin = publicar(archivo, grafico())
    assert contenido_de(boletin)["secciones"] == []


@pytest.mark.parametrize("clave", list(graficos.GRAFICOS))
def test_todos_los_graficos_se_calculan_con_datos_y_sin_ellos(cusco, clave):
    assert graficos.calcular(clave, dt.date(2020, 2, 1)).barras == []
    dictada(cusco, 6)
    cuadro = graficos.calcular(clave, MES)
    assert graficos.Cuadro(**cuadro.a_json()) == cuadro
    assert all(1 <= barra.ancho <= 100 for barra in cuadro.barras)
