"""El ensayo dice qué se va a guardar en cada fila y, al deshacer, qué fue de ella."""

import pytest
from django.urls import reverse

from directorio.importacion.deshacer import deshacer
from directorio.models import Operador
from tests.directorio.test_importar import ROSA, ensayar, importar, lista, subir
from tests.fabricas import EntidadFactory, SistemaFactory

pytestmark = pytest.mark.django_db
LUZ = ROSA.replace("01234567", "07654321").replace("Quispe Mamani;Rosa", "Condori Puma;Luz")


@pytest.fixture
def entidad(cusco):
    SistemaFactory()
    return EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")


@pytest.fixture
def ver(client, coordinadora):
    client.force_login(coordinadora)
    return lambda importacion, **filtro: client.get(reverse("directorio_importacion", args=[importacion.pk]), filtro)


def resultados(respuesta) -> dict:
    return {uno["renglon"].nombre: uno["resultado"] for uno in respuesta.context["renglones"]}


def test_de_una_fila_nueva_se_lee_todo_lo_que_se_va_a_guardar(entidad, coordinadora, ver):
    pagina = ver(ensayar(subir(lista(ROSA), coordinadora), coordinadora)).text
    for valor in (
        "DNI: ****4567",
        "Apellidos: Quispe Mamani",
        "Nombres: Rosa",
        "Entidad: Municipalidad de Wanchaq",
        "Cargo: Tesorera",
        "Teléfono: 984123456",
        "Sistemas: Presupuesto Público",
    ):
        assert valor in pagina
    assert "01234567" not in pagina


def test_de_una_que_cambia_se_lee_lo_de_antes_y_lo_de_despues(entidad, coordinadora, ver):
    importar(lista(ROSA), coordinadora)
    hoja = lista(
        f"{ROSA};no;7/1/2026",
        encabezados="DNI;Apellidos;Nombres;SIAF;Cargo;Celular;Correo;Sistemas;x;Activo;Verificado",
    )
    pagina = ver(ensayar(subir(hoja, coordinadora), coordinadora)).text
    assert "Activo: sí → no" in pagina
    assert "Verificado el: (vacío) → 07/01/2026" in pagina


def test_deshecha_dice_que_se_quito_y_que_se_quedo_y_por_que(entidad, coordinadora, ver):
    importacion = importar(lista(ROSA, LUZ), coordinadora)
    Operador.objects.filter(nombres="Luz").update(cargo="Jefa")
    deshacer(importacion=importacion, por=coordinadora)
    respuesta = ver(importacion)
    assert resultados(respuesta) == {"Quispe Mamani Rosa": "Se quitó", "Condori Puma Luz": "No se deshizo"}
    assert "Alguien la cambió después." in respuesta.text
    assert respuesta.context["cuentas"] == [("nueva", "Se quitó", 1), ("queda", "No se deshizo", 1)]


def test_deshecha_dice_cual_volvio_a_como_estaba(entidad, coordinadora, ver):
    importar(lista(ROSA), coordinadora)
    segunda = importar(lista(ROSA.replace("Tesorera", "Contadora")), coordinadora)
    assert resultados(ver(segunda)) == {"Quispe Mamani Rosa": "Actualiza"}
    deshacer(importacion=segunda, por=coordinadora)
    assert resultados(ver(segunda)) == {"Quispe Mamani Rosa": "Volvió a como estaba"}


def test_leer_mas_filas_no_hace_mas_consultas(cusco, entidad, coordinadora, ver, django_assert_max_num_queries):
    def ensayada(cuantas):
        filas = [f"Quispe;Rosa {n};{n:06d};Presupuesto Público" for n in range(cuantas)]
        hoja = lista(*filas, encabezados="Apellidos;Nombres;Código SIAF;Sistemas")
        return ensayar(subir(hoja, coordinadora), coordinadora)

    for n in range(50):
        EntidadFactory(centro=cusco, codigo_siaf=f"{n:06d}")
    pocas, muchas = ensayada(2), ensayada(50)
    assert muchas.cuentas == {"nueva": 50}
    ver(pocas)
    with django_assert_max_num_queries(100) as cortas:
        ver(pocas)
    with django_assert_max_num_queries(len(cortas)):
        ver(muchas)
