"""La lista de un registro aguanta cualquier dirección y no cuenta ni muestra de más."""

import pytest
from django.urls import reverse

from comun.modeladmin.listado import PaginadorConTope
from directorio.duplicados.actions import fusionar_operadores
from directorio.models import Entidad, Medio
from tests.fabricas import AutoridadFactory, EntidadFactory, MedioFactory, OperadorFactory

pytestmark = pytest.mark.django_db

LISTA = "directorio_entidad_modeladmin_index"
BASURA = [
    {"p": "0"},
    {"p": "-5"},
    {"p": "99999999999999999999"},
    {"p": "abc"},
    {"o": "99"},
    {"o": "-.x.0"},
    {"o": ""},
    {"q": "\x00"},
    {"q": "%' OR 1=1 --"},
    {"q": "palabra " * 200},
    {"tipo__exact": "\x00"},
    {"tipo__exact": "NO-EXISTE"},
    {"centro__id__exact": "abc"},
    {"centro__id__exact": "99999999999999999999"},
    {"centro__isnull": "quizás"},
    {"esta_activa__exact": "7"},
    {"lugar": "\x00"},
    {"lugar": "zz"},
    {"centro__asignaciones__usuario__password__startswith": "p"},
    {"no_existe__exact": "1"},
    {"export": "exe"},
    {"e": "1"},
]


@pytest.fixture
def cliente(client, ogauc):
    client.force_login(ogauc)
    return client


@pytest.mark.parametrize("parametros", BASURA, ids=str)
def test_ninguna_direccion_rompe_la_lista(cliente, parametros):
    EntidadFactory()
    respuesta = cliente.get(reverse(LISTA), parametros, follow=True)
    assert respuesta.status_code == 200


@pytest.mark.parametrize("pk", ["abc", "0", "-1", "99999999999999999999", "²"])
@pytest.mark.parametrize("accion", ["inspect", "edit", "delete", "history"])
def test_una_fila_que_no_existe_da_404(cliente, accion, pk):
    """Borrar una entidad no es de ningún rol: ni llega a preguntarse si existe."""
    assert cliente.get(f"/intranet/directorio/entidad/{accion}/{pk}/").status_code in (403, 404)


def test_un_filtro_no_declarado_se_ignora(cliente):
    EntidadFactory()
    respuesta = cliente.get(reverse(LISTA), {"centro__nombre__startswith": "Z"})
    assert len(respuesta.context["object_list"]) == 1


def test_pedir_otro_centro_por_la_direccion_no_muestra_nada(client, coordinadora, cusco, arequipa):
    MedioFactory(centro=cusco)
    client.force_login(coordinadora)
    respuesta = client.get(reverse("directorio_medio_modeladmin_index"), {"centro__id__exact": arequipa.pk})
    assert list(respuesta.context["object_list"]) == []


def test_la_busqueda_no_distingue_tildes(cliente):
    entidad = EntidadFactory(nombre="Municipalidad Distrital de Ñahuimpuquio")
    EntidadFactory(nombre="Otra")
    respuesta = cliente.get(reverse(LISTA), {"q": "nahuimpuquio MUNICIPALIDAD"})
    assert list(respuesta.context["object_list"]) == [entidad]


def test_sin_resultados_la_pantalla_dice_como_seguir(cliente):
    EntidadFactory()
    contenido = cliente.get(reverse(LISTA), {"q": "zzz"}).content.decode()
    assert "Nada coincide con lo que busca" in contenido
    assert "Quitar la búsqueda y los filtros" in contenido


def test_la_columna_del_centro_sobra_para_quien_trabaja_en_uno(client, coordinadora, cusco, ogauc):
    MedioFactory(centro=cusco)
    url = reverse("directorio_medio_modeladmin_index")
    client.force_login(coordinadora)
    assert "column-centro" not in client.get(url).content.decode()
    client.force_login(ogauc)
    assert "column-centro" in client.get(url).content.decode()


@pytest.mark.parametrize(("registro", "fabrica"), [("operador", OperadorFactory), ("autoridad", AutoridadFactory)])
def test_la_columna_del_nombre_ordena_por_apellidos_y_nombres(cliente, registro, fabrica):
    entidad = EntidadFactory()
    for apellidos, nombres in [("Soto", "Luz"), ("Apaza", "Rosa"), ("Quispe", "Inés"), ("Apaza", "Ana")]:
        fabrica(entidad=entidad, apellidos=apellidos, nombres=nombres)

    def lista(**parametros):
        respuesta = cliente.get(reverse(f"directorio_{registro}_modeladmin_index"), parametros)
        return [(fila.apellidos, fila.nombres) for fila in respuesta.context["object_list"]]

    en_orden = [("Apaza", "Ana"), ("Apaza", "Rosa"), ("Quispe", "Inés"), ("Soto", "Luz")]
    assert lista() == lista(o="0") == en_orden
    assert [apellidos for apellidos, _ in lista(o="-0")] == ["Soto", "Quispe", "Apaza", "Apaza"]


def test_la_que_se_une_a_otra_deja_la_lista_y_la_busqueda(cliente, coordinadora, cusco):
    entidad = EntidadFactory(centro=cusco)
    queda, sobra = (OperadorFactory(entidad=entidad, apellidos="Apaza", nombres=n) for n in ("Maribel", "Maribél"))
    fusionar_operadores(se_queda=queda, absorbido=sobra, de_la_otra=set(), por=coordinadora)
    for parametros in ({}, {"q": "apaza"}):
        respuesta = cliente.get(reverse("directorio_operador_modeladmin_index"), parametros)
        assert [*respuesta.context["object_list"]] == [queda]


def test_el_paginador_no_cuenta_mas_alla_de_su_tope(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(PaginadorConTope, "TOPE", 3)
    EntidadFactory.create_batch(5)
    paginador = PaginadorConTope(Entidad.objects.order_by("pk"), 2)
    with django_assert_num_queries(1):
        assert paginador.count == 3
        assert paginador.total_en_palabras == "más de 3 entidades"


def test_un_error_de_verdad_no_se_vuelve_una_vuelta_sin_fin(cliente, monkeypatch):
    def romper(*args):
        raise ValueError("un error de programación")

    monkeypatch.setattr("comun.modeladmin.registro.RegistroAdmin.get_queryset", romper)
    with pytest.raises(ValueError, match="programación"):
        cliente.get(reverse("directorio_medio_modeladmin_index"))


def test_nadie_sin_permiso_borra(client, coordinadora, cusco):
    medio = MedioFactory(centro=cusco)
    client.force_login(coordinadora)
    client.post(reverse("directorio_medio_modeladmin_delete", args=[medio.pk]))
    assert Medio.objects.filter(pk=medio.pk).exists()
