"""El rastro solo se agrega, y lo que se altere por debajo se encuentra (ADR 0025)."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from custodia import guardas
from custodia.actions import anotar
from custodia.cadena import CAMPOS, RAIZ, encadenar_pendientes, resumen
from custodia.models import Eslabon, Huella, Punta, Sello, SoloSeAgrega
from custodia.verificacion import encadenar_lo_pendiente, rastro_al_dia, sellar_el_dia, verificar
from tests.custodia.rastro import a_escondidas, cadena_de, ejecutar

pytestmark = pytest.mark.django_db


def correr(*opciones) -> str:
    salida = io.StringIO()
    call_command("verificar_rastro", *opciones, stdout=salida)
    return salida.getvalue()


def test_cada_huella_lleva_el_resumen_de_la_anterior():
    cadena_de(3)
    primero, segundo, tercero = Eslabon.objects.order_by("numero")
    assert [e.numero for e in (primero, segundo, tercero)] == [1, 2, 3]
    assert (primero.anterior, segundo.anterior, tercero.anterior) == (RAIZ, primero.sha256, segundo.sha256)
    assert "3 huellas" in correr()


def test_se_encadena_al_confirmar_y_una_sola_vez(django_capture_on_commit_callbacks, django_assert_max_num_queries):
    with django_capture_on_commit_callbacks() as al_confirmar:
        for _ in range(3):
            anotar(accion="publicar")
    assert not Eslabon.objects.exists()
    al_confirmar[0]()
    assert Eslabon.objects.count() == 3
    with django_assert_max_num_queries(2):
        al_confirmar[1]()
        al_confirmar[2]()


def test_lo_que_quedo_sin_encadenar_lo_termina_la_tarea_periodica():
    anotar(accion="publicar")
    dicho = encadenar_lo_pendiente()
    assert dicho == f"rastro hasta {Punta.objects.get()}", "la punta queda en el registro del servidor"
    assert "Rastro entero" in correr("--sello", dicho.removeprefix("rastro hasta "))
    assert encadenar_lo_pendiente() == ""


def test_una_accion_que_se_deshace_no_deja_ni_huella_ni_eslabon():
    with transaction.atomic():
        anotar(accion="publicar")
        transaction.set_rollback(True)
    assert not Huella.objects.exists()
    assert encadenar_pendientes() == 0


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE custodia_huella SET accion = 'otra'",
        "DELETE FROM custodia_huella",
        "UPDATE custodia_eslabon SET sha256 = 'x'",
        "DELETE FROM custodia_eslabon",
        "UPDATE custodia_sello SET sha256 = 'x'",
        "DELETE FROM custodia_sello",
        "UPDATE custodia_punta SET numero = 0",
        "UPDATE custodia_punta SET sha256 = 'x'",
        "DELETE FROM custodia_punta",
    ],
)
def test_la_base_rehusa_cambiar_o_borrar_el_rastro(orden):
    cadena_de(1)
    sellar_el_dia()
    with pytest.raises(DatabaseError, match="solo se agrega"), transaction.atomic():
        ejecutar(orden)
    assert "1 huellas" in correr()


def test_la_base_rehusa_vaciar_el_rastro():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite no tiene TRUNCATE")
    with pytest.raises(DatabaseError, match="solo se agrega"), transaction.atomic():
        ejecutar("TRUNCATE custodia_huella")


@pytest.mark.parametrize("modelo", [Huella, Eslabon, Sello])
def test_el_portal_tampoco_las_cambia(modelo):
    cadena_de(1)
    sellar_el_dia()
    fila = modelo.objects.get()
    for cambiar in (fila.save, fila.delete, modelo.objects.all().delete, lambda: modelo.objects.update(pk=9)):
        with pytest.raises(SoloSeAgrega):
            cambiar()


def test_los_disparadores_estan_puestos_despues_de_migrar():
    assert guardas.faltan(connection) == set()


def test_sin_los_disparadores_la_verificacion_lo_dice():
    guardas.quitar(connection, ["delete"])
    with pytest.raises(CommandError, match="faltan disparadores: custodia_eslabon_delete"):
        correr()
    assert rastro_al_dia() == ("rastro", False, "faltan disparadores")


ALTERACIONES = {
    "usuario_nombre": "otra",
    "accion": "otra",
    "modelo": "otro",
    "objeto": "99",
    "detalle": '{"n": 77}',
    "motivo": "otro",
    "ip": "10.0.0.9",
    "usuario_id": 99,
    "ocurrida_en": "2020-01-01 00:00:00+00:00",
}


@pytest.mark.parametrize("campo", ALTERACIONES)
def test_una_fila_alterada_se_encuentra(campo):
    llaves = cadena_de(5)
    a_escondidas(f"UPDATE custodia_huella SET {campo} = %s WHERE id = %s", ALTERACIONES[campo], llaves[2])
    hallazgo = verificar().hallazgo
    assert (hallazgo.numero, hallazgo.huella) == (3, llaves[2])
    with pytest.raises(CommandError, match=f"N.° 3 \\(huella {llaves[2]}\\): se alteró"):
        correr()


def test_control_lo_que_no_se_toca_no_se_acusa():
    """Control: reescribir lo mismo no es alterar."""
    llaves = cadena_de(5)
    a_escondidas("UPDATE custodia_huella SET accion = accion WHERE id = %s", llaves[2])
    assert verificar().hallazgo is None


@pytest.mark.parametrize("lugar", [1, 3, 5])
def test_una_huella_borrada_se_encuentra(lugar):
    llaves = cadena_de(5)
    a_escondidas("DELETE FROM custodia_huella WHERE id = %s", llaves[lugar - 1])
    hallazgo = verificar().hallazgo
    assert (hallazgo.numero, hallazgo.que) == (lugar, "se borró la huella")


def test_borrar_tambien_el_eslabon_se_encuentra():
    llaves = cadena_de(5)
    a_escondidas("DELETE FROM custodia_huella WHERE id = %s", llaves[2])
    a_escondidas("DELETE FROM custodia_eslabon WHERE numero = 3")
    hallazgo = verificar().hallazgo
    assert (hallazgo.numero, hallazgo.que) == (3, "se borró el eslabón")


def test_rehacer_el_eslabon_de_la_fila_alterada_no_basta():
    llaves = cadena_de(5)
    a_escondidas("UPDATE custodia_huella SET accion = 'otra' WHERE id = %s", llaves[2])
    eslabon = Eslabon.objects.get(numero=3)
    valores = Huella.objects.values_list(*CAMPOS).get(pk=llaves[2])
    suyo = {"numero": 3, "anterior": eslabon.anterior, "encadenada_en": eslabon.encadenada_en}
    a_escondidas("UPDATE custodia_eslabon SET sha256 = %s WHERE numero = 3", resumen(**suyo, valores=valores))
    hallazgo = verificar().hallazgo
    assert hallazgo.numero == 4
    assert "intercaló" in hallazgo.que


def test_una_huella_con_fecha_vieja_se_encuentra():
    cadena_de(3)
    suelta = Huella.objects.create(accion="publicar")
    vieja = timezone.now() - dt.timedelta(days=30)
    a_escondidas("UPDATE custodia_huella SET ocurrida_en = %s WHERE id = %s", vieja, suelta.pk)
    assert encadenar_pendientes() == 0
    hallazgo = verificar().hallazgo
    assert (hallazgo.huella, "intercaló" in hallazgo.que) == (suelta.pk, True)


def test_una_huella_de_anteayer_que_se_encadena_hoy_se_cuenta():
    suelta = Huella.objects.create(accion="publicar")
    a_escondidas(
        "UPDATE custodia_huella SET ocurrida_en = %s WHERE id = %s", timezone.now() - dt.timedelta(days=2), suelta.pk
    )
    encadenar_pendientes()
    assert "1 se encadenaron más de un día después" in correr()


def recortar(desde: int) -> None:
    a_escondidas(
        "DELETE FROM custodia_huella WHERE id IN (SELECT huella_id FROM custodia_eslabon WHERE numero >= %s)", desde
    )
    a_escondidas("DELETE FROM custodia_eslabon WHERE numero >= %s", desde)


def devolver_la_punta(a: int) -> None:
    """Lo que haría además quien sabe de ella."""
    suya = Eslabon.objects.get(numero=a)
    a_escondidas("UPDATE custodia_punta SET numero = %s, sha256 = %s", suya.numero, suya.sha256)


@pytest.mark.parametrize("desde", [1, 4, 5])
def test_recortar_el_final_se_nota_antes_del_sello(desde):
    cadena_de(5)
    recortar(desde)
    hallazgo = verificar().hallazgo
    assert (hallazgo.numero, hallazgo.que) == (desde, "se recortó el final: llegaba hasta la N.° 5")


@pytest.mark.parametrize("tabla", ["huella", "eslabon"])
def test_borrar_solo_lo_ultimo_de_una_tabla_se_nota(tabla):
    llaves = cadena_de(5)
    lugar = {"huella": f"id = {llaves[-1]}", "eslabon": "numero = 5"}[tabla]
    a_escondidas(f"DELETE FROM custodia_{tabla} WHERE {lugar}")
    assert verificar().hallazgo.numero == 5


@pytest.mark.parametrize("mas", [1, 2, 4])
def test_seguir_anotando_no_tapa_lo_que_se_recorto(mas):
    cadena_de(5)
    recortar(4)
    cadena_de(mas)
    assert verificar().hallazgo


def test_borrar_la_punta_se_nota():
    cadena_de(5)
    a_escondidas("DELETE FROM custodia_punta")
    cadena_de(1)
    assert "pasa de la punta anotada" in verificar().hallazgo.que


def test_recortar_y_devolver_la_punta_se_nota_por_el_sello():
    cadena_de(5)
    sellar_el_dia()
    recortar(4)
    devolver_la_punta(3)
    hallazgo = verificar().hallazgo
    assert (hallazgo.numero, hallazgo.que) == (4, "se recortó el final: llegaba hasta la N.° 5")


def test_control_devolver_la_punta_sin_sello_no_se_nota():
    """Control: son la punta y el sello, y no la cadena, los que lo descubren."""
    cadena_de(5)
    recortar(4)
    devolver_la_punta(3)
    assert verificar().hallazgo is None


def test_rehacer_la_cadena_entera_se_nota_por_el_sello():
    cadena_de(5)
    sellar_el_dia()
    a_escondidas("DELETE FROM custodia_eslabon")
    encadenar_pendientes()
    assert "es la que se selló" in verificar().hallazgo.que


def test_un_sello_copiado_afuera_descubre_a_quien_borro_tambien_los_sellos():
    cadena_de(5)
    sellar_el_dia()
    sello = Sello.objects.get()
    copiado = f"{sello.numero}:{sello.sha256}"
    assert "Rastro entero" in correr("--sello", copiado)
    recortar(4)
    devolver_la_punta(3)
    a_escondidas("DELETE FROM custodia_sello")
    assert "Rastro entero" in correr()
    with pytest.raises(CommandError, match="no pasa por el sello 5"):
        correr("--sello", copiado)
    with pytest.raises(CommandError, match="se escribe"):
        correr("--sello", "cualquier cosa")


def test_se_sella_una_vez_al_dia_y_no_se_sella_lo_alterado():
    llaves = cadena_de(2)
    assert sellar_el_dia().startswith("rastro sellado 2:")
    assert sellar_el_dia() == ""
    a_escondidas("UPDATE custodia_sello SET fecha = %s", timezone.localdate() - dt.timedelta(days=1))
    llaves = cadena_de(2)
    a_escondidas("UPDATE custodia_huella SET accion = 'otra' WHERE id = %s", llaves[3])
    assert "no cuadra" in sellar_el_dia()
    assert Sello.objects.count() == 1


def test_salud_dice_cuando_se_deja_de_sellar():
    assert rastro_al_dia() == ("rastro", True, "todavía sin sellar")
    sellar_el_dia()
    assert rastro_al_dia()[1]
    a_escondidas("UPDATE custodia_sello SET sellado_en = %s", timezone.now() - dt.timedelta(days=3))
    assert not rastro_al_dia()[1]
