"""``cargar_datos`` deja el portal listo y se puede repetir."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from comun.datos import DatosInvalidos
from custodia.actions import aviso_vigente
from custodia.models import Aviso
from directorio.models import CentroPage, Entidad
from organizacion.models import Centro, Distrito, Rol
from tests.reloj import Medida

pytestmark = pytest.mark.django_db


def cargar():
    salida = io.StringIO()
    call_command("cargar_datos", stdout=salida)
    return salida.getvalue()


def test_una_carga_deja_todo_en_su_sitio_y_la_segunda_no_cambia_nada():
    with Medida() as medida:
        cargar()
    assert medida.segundos < 20
    assert (Distrito.objects.count(), Centro.objects.count(), Entidad.objects.count()) == (1893, 24, 1918)
    assert CentroPage.objects.live().count() == 24
    assert Aviso.objects.count() == len(Aviso.Finalidad)
    assert set(Rol.labels) <= set(Group.objects.values_list("name", flat=True))

    Entidad.objects.filter(codigo="MP-0801").update(nombre="Municipalidad del Cusco", telefono="084 111111")
    paginas = list(CentroPage.objects.values_list("pk", "latest_revision", "last_published_at"))
    salida = cargar()
    assert salida.count(": 0 filas nuevas") == 5
    assert Entidad.objects.get(codigo="MP-0801").nombre == "Municipalidad del Cusco"
    assert list(CentroPage.objects.values_list("pk", "latest_revision", "last_published_at")) == paginas


def test_si_un_paso_falla_no_queda_nada(monkeypatch):
    def fallar():
        raise DatosInvalidos(__import__("pathlib").Path("centros.csv"), 7, "no existe el departamento «Marte».")

    monkeypatch.setattr("intranet.management.commands.cargar_datos.cargar_centros", fallar)
    with pytest.raises(CommandError, match=r"No se cargó nada. centros.csv, línea 7: no existe"):
        cargar()
    assert not Distrito.objects.exists()


def test_un_aviso_que_cambia_de_texto_tiene_version_nueva_y_la_aceptada_se_conserva():
    viejo = Aviso.objects.create(finalidad=Aviso.Finalidad.INSCRIPCION, version=1, texto="El texto de antes")
    cargar()
    cargar()
    assert list(Aviso.objects.filter(finalidad="inscripcion").values_list("version", flat=True)) == [1, 2]
    assert aviso_vigente("inscripcion").version == 2
    viejo.refresh_from_db()
    assert viejo.texto == "El texto de antes"


@pytest.mark.parametrize("finalidad", Aviso.Finalidad.values)
def test_cada_aviso_dice_para_que_quien_responde_cuanto_tiempo_y_que_derechos(finalidad):
    texto = aviso_vigente(finalidad).texto
    for esperado in ("Usaremos", "El responsable es", "onserva", "Puede pedir ver, corregir, borrar", "Ley 29733"):
        assert esperado in texto
