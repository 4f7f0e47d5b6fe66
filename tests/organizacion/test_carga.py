"""Cargar el territorio, los centros y los órganos: completo, repetible, y nada a medias si un archivo viene mal."""

import pytest

from comun.datos import DatosInvalidos
from organizacion.carga import cargar_centros, cargar_rectoria, cargar_territorio
from organizacion.models import Centro, Departamento, Distrito, Jurisdiccion, Organo, Provincia, Sistema

pytestmark = pytest.mark.django_db

ENCABEZADO = "ubigeo,departamento,provincia,distrito"
CUSCO = "080101,Cusco,Cusco,Cusco"


def csv(ruta, *lineas):
    archivo = ruta / "datos.csv"
    archivo.write_text("\n".join(lineas) + "\n", encoding="utf-8")
    return archivo


def test_el_territorio_del_inei_entra_entero():
    cargar_territorio()
    assert (Departamento.objects.count(), Provincia.objects.count(), Distrito.objects.count()) == (25, 196, 1893)
    assert Distrito.objects.get(pk="080104").nombre_completo == "San Jerónimo, Cusco, Cusco"


def test_cada_provincia_tiene_su_centro_y_callao_va_con_lima():
    cargar_territorio()
    cargar_centros()
    assert Centro.objects.count() == 24
    assert Jurisdiccion.objects.vigentes().count() == 196
    assert Centro.objects.que_atiende(Provincia.objects.get(pk="0701")).slug == "lima"
    assert Centro.objects.get(slug="lima").departamentos == ["Callao", "Lima"]
    assert Centro.objects.get(slug="cusco").distrito_id == "080101"


def test_los_cinco_sistemas_tienen_su_ente_rector():
    cargar_rectoria()
    rectores = dict(Sistema.objects.values_list("slug", "organo__sigla"))
    assert rectores == {
        "contabilidad": "DGCP",
        "endeudamiento-y-tesoro": "DGETP",
        "inversion": "DGPI",
        "presupuesto": "DGPP",
        "aplicativos": "OGTI",
    }


def test_repetir_la_carga_no_crea_ni_pisa_nada():
    cargar_territorio(), cargar_centros(), cargar_rectoria()
    Centro.objects.filter(slug="cusco").update(nombre="Qosqo", telefono="084 999999")
    Organo.objects.filter(sigla="DGPP").update(nombre="Otro nombre")
    Jurisdiccion.objects.filter(provincia="0801").update(centro=Centro.objects.get(slug="puno"))
    assert (cargar_territorio(), cargar_centros(), cargar_rectoria()) == (0, 0, 0)
    assert Centro.objects.get(slug="cusco").nombre == "Qosqo"
    assert Organo.objects.get(sigla="DGPP").nombre == "Otro nombre"
    assert Centro.objects.que_atiende(Provincia.objects.get(pk="0801")).slug == "puno"


@pytest.mark.parametrize(
    ("lineas", "mensaje"),
    [
        (["ubigeo,departamento,distrito", "080101,Cusco,Cusco"], "línea 1: falta la columna «provincia»"),
        ([ENCABEZADO, CUSCO, "08010,Cusco,Cusco,Ccorca"], "línea 3: «08010» no es un ubigeo"),
        ([ENCABEZADO, CUSCO, "080102,Cusco,Cusco,"], "línea 3: falta el valor de «distrito»"),
        ([ENCABEZADO, CUSCO, CUSCO], "línea 3: el ubigeo 080101 está repetido"),
        ([ENCABEZADO, CUSCO, "080102,Cusco,Anta,Ccorca"], "línea 3: el ubigeo 080102 no es de Anta"),
        ([ENCABEZADO, CUSCO, "080102,Cusco,Cusco,Ccorca,sobra"], "línea 3: la fila tiene más columnas"),
    ],
)
def test_una_fila_mal_escrita_se_nombra_y_no_se_carga_nada(tmp_path, lineas, mensaje):
    with pytest.raises(DatosInvalidos, match=mensaje):
        cargar_territorio(csv(tmp_path, *lineas))
    assert not Departamento.objects.exists()


def test_un_archivo_que_no_es_texto_se_dice_con_claridad(tmp_path):
    archivo = tmp_path / "datos.csv"
    archivo.write_bytes(b"ubigeo,departamento,provincia,distrito\n\xff\xfe\x00\n")
    with pytest.raises(DatosInvalidos, match="UTF-8"):
        cargar_territorio(archivo)


def test_un_centro_de_un_departamento_desconocido_no_deja_nada_a_medias(tmp_path):
    cargar_territorio()
    archivo = csv(tmp_path, "slug,nombre,departamentos", "cusco,Cusco,Cusco", "marte,Marte,Marte")
    with pytest.raises(DatosInvalidos, match="línea 3: no existe el departamento «Marte»"):
        cargar_centros(archivo)
    assert not Centro.objects.exists()
