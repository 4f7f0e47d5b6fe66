"""Importar al directorio: se ensaya, se confirma, se repite sin efecto y se deshace."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from comun.exportar import a_csv, a_xlsx
from custodia.models import Huella
from directorio.importacion import acciones, guardar
from directorio.importacion.campos import adivinar
from directorio.importacion.deshacer import deshacer
from directorio.importacion.exportacion import tabla
from directorio.models import Importacion, Operador, Puesto, RenglonDeImportacion
from organizacion.models import Rol
from tests import personas
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import EntidadFactory, OperadorFactory, SistemaFactory

pytestmark = pytest.mark.django_db

ENCABEZADOS = "DNI;Apellidos;Nombres;Código SIAF;Cargo;Celular;E-mail;Sistemas;Comentario"
ROSA = "01234567;Quispe Mamani;Rosa;000123;Tesorera;984123456;rosa@muni.example;Presupuesto Público;x"


@pytest.fixture
def entidad(cusco):
    SistemaFactory()
    return EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")


def subir(texto, por, tipo="operador", nombre="lista.csv", codigo="utf-8"):
    contenido = texto if isinstance(texto, bytes) else texto.encode(codigo)
    return acciones.subir(tipo=tipo, archivo=SimpleUploadedFile(nombre, contenido), por=por)


def ensayar(importacion, por, borra_vacias=False):
    return acciones.ensayar(importacion=importacion, mapeo=importacion.mapeo, borra_vacias=borra_vacias, por=por)


def importar(texto, por, **opciones):
    return guardar.confirmar(importacion=ensayar(subir(texto, por, **opciones), por), por=por)


def lista(*filas, encabezados=ENCABEZADOS):
    return "\n".join([encabezados, *filas])


def test_las_columnas_se_adivinan_y_lo_desconocido_no_se_importa():
    assert adivinar("operador", ENCABEZADOS.split(";")) == {
        "DNI": "documento",
        "Apellidos": "apellidos",
        "Nombres": "nombres",
        "Código SIAF": "entidad_siaf",
        "Cargo": "cargo",
        "Celular": "telefono",
        "E-mail": "correo",
        "Sistemas": "sistemas",
    }


@pytest.mark.parametrize("codigo", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separador", [";", ",", "\t"])
def test_un_csv_se_lee_como_venga(entidad, coordinadora, codigo, separador):
    fila = "Núñez Peña;José;000123;Jefe"
    texto = lista(fila, encabezados="Apellidos;Nombres;Código SIAF;Cargo").replace(";", separador)
    importar(texto, coordinadora, codigo=codigo)
    assert Operador.objects.get().apellidos == "Núñez Peña"


def test_el_ensayo_no_guarda_y_confirmar_si(entidad, coordinadora):
    importacion = ensayar(subir(lista(ROSA), coordinadora), coordinadora)
    assert importacion.cuentas == {"nueva": 1}
    assert not Operador.objects.exists()
    guardar.confirmar(importacion=importacion, por=coordinadora)
    rosa = Operador.objects.get()
    assert (rosa.entidad, rosa.telefono, rosa.persona.numero_documento) == (entidad, "984123456", "01234567")
    assert [str(s) for s in rosa.sistemas.all()] == ["Presupuesto Público"]
    assert "wanchaq" in rosa.texto_busqueda


def test_importar_lo_mismo_otra_vez_no_cambia_nada(entidad, coordinadora):
    importar(lista(ROSA), coordinadora)
    assert importar(lista(ROSA), coordinadora).cuentas == {"igual": 1}
    assert Operador.objects.count() == 1


@pytest.mark.parametrize(
    ("fila", "motivo"),
    [
        (ROSA.replace("01234567", "123"), "8 dígitos"),
        (ROSA.replace("000123", "999999"), "no existe o no es de su centro"),
        (ROSA.replace("984123456", "no sé"), "solo con dígitos"),
        (ROSA.replace("rosa@muni.example", "rosa@"), "E-mail"),
        (ROSA.replace("Presupuesto Público", "Magia"), "No hay un sistema «Magia»"),
        (ROSA.replace("Tesorera", "=1+1"), "es una fórmula"),
        (ROSA.replace("Quispe Mamani", ""), "falta: Apellidos"),
        (ROSA.replace("Tesorera", "x" * 121), "120"),
    ],
)
def test_una_celda_mala_se_dice_y_su_fila_no_entra(entidad, coordinadora, fila, motivo):
    importacion = importar(lista(fila), coordinadora)
    renglon = importacion.renglones.get()
    assert renglon.resultado == "error"
    assert motivo in " ".join(renglon.motivos)
    assert not Operador.objects.exists()


def test_una_fila_repetida_en_el_archivo_se_rechaza(entidad, coordinadora):
    importacion = ensayar(subir(lista(ROSA, ROSA), coordinadora), coordinadora)
    assert importacion.cuentas == {"nueva": 1, "error": 1}
    assert importacion.renglones.get(resultado="error").motivos == ["Repite la fila 2."]


def test_dos_del_mismo_nombre_con_otro_dni_son_dos_personas(entidad, coordinadora):
    hoja = lista(ROSA, ROSA.replace("01234567", "76543210"))
    assert importar(hoja, coordinadora).cuentas == {"nueva": 2}
    assert importar(hoja, coordinadora).cuentas == {"igual": 2}


def test_lo_de_otro_centro_no_se_toca_ni_se_nombra(entidad, arequipa, coordinadora):
    ajena = EntidadFactory(nombre="Municipalidad ajena", centro=arequipa, codigo_siaf="000777")
    OperadorFactory(entidad=ajena, apellidos="Quispe Mamani", nombres="Rosa", cargo="Otro")
    renglon = importar(lista(ROSA.replace("000123", "000777")), coordinadora).renglones.get()
    assert renglon.motivos == ["La entidad no existe o no es de su centro."]
    assert Operador.objects.get().cargo == "Otro"


def test_cambiar_de_cargo_deja_el_puesto_anterior_y_deshacer_lo_quita(entidad, coordinadora):
    importar(lista(ROSA), coordinadora)
    segunda = importar(lista(ROSA.replace("Tesorera", "Contadora")), coordinadora)
    assert segunda.renglones.get().cambios == {"cargo": ["Tesorera", "Contadora"]}
    assert Puesto.objects.get().cargo == "Tesorera"
    deshacer(importacion=segunda, por=coordinadora)
    assert Operador.objects.get().cargo == "Tesorera"
    assert not Puesto.objects.exists()


def test_una_celda_vacia_no_borra_salvo_que_se_pida(entidad, coordinadora):
    importar(lista(ROSA), coordinadora)
    vacia = lista(ROSA.replace("984123456", ""))
    assert ensayar(subir(vacia, coordinadora), coordinadora).cuentas == {"igual": 1}
    pedida = ensayar(subir(vacia, coordinadora), coordinadora, borra_vacias=True)
    assert pedida.renglones.get().cambios == {"telefono": ["984123456", ""]}


def test_deshacer_borra_lo_nuevo_y_deja_lo_que_alguien_toco(entidad, coordinadora):
    otra = ROSA.replace("01234567", "07654321").replace("Quispe", "Condori")
    importacion = importar(lista(ROSA, otra), coordinadora)
    Operador.objects.filter(apellidos__startswith="Condori").update(cargo="Cambió después")
    deshacer(importacion=importacion, por=coordinadora)
    assert Operador.objects.get().cargo == "Cambió después"
    queda = importacion.renglones.get(resultado="queda")
    assert queda.motivos == ["Alguien la cambió después."]
    assert Huella.objects.filter(accion="deshacer importación").count() == 1
    deshacer(importacion=importacion, por=coordinadora)
    assert Huella.objects.filter(accion="deshacer importación").count() == 1


def test_si_algo_falla_al_guardar_no_queda_nada_y_se_puede_repetir(entidad, coordinadora, monkeypatch):
    importacion = ensayar(subir(lista(ROSA), coordinadora), coordinadora)
    with monkeypatch.context() as cambio:
        cambio.setattr("directorio.importacion.aplicar.poner_sistemas", lambda renglones: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            guardar.confirmar(importacion=importacion, por=coordinadora)
    assert not Operador.objects.exists()
    guardar.encolar(importacion=importacion, por=coordinadora)
    importacion.refresh_from_db()
    assert guardar.confirmar(importacion=importacion, por=coordinadora).estado == "aplicada"
    assert Operador.objects.count() == 1


@pytest.mark.parametrize("formato", ["xlsx", "csv"])
@pytest.mark.parametrize("tipo", Importacion.Tipo.values)
def test_lo_exportado_se_vuelve_a_importar_sin_cambios(entidad, coordinadora, tipo, formato):
    from directorio.importacion.campos import CAMPOS
    from directorio.models import Autoridad, Medio, Personal

    importar(lista(ROSA.replace("Tesorera", "+Tesorera")), coordinadora)
    Autoridad.objects.create(entidad=entidad, cargo="Alcalde", apellidos="Huamán", nombres="Ángel")
    Medio.objects.create(nombre="Radio", tipo="radial", centro=entidad.centro)
    Personal.objects.create(nombres="Lucía", apellidos="Apaza", cargo="coordinador", centro=entidad.centro)
    encabezados, filas = tabla(tipo, coordinadora, [campo.nombre for campo in CAMPOS[tipo]])
    contenido = {"xlsx": a_xlsx, "csv": a_csv}[formato](encabezados, filas)
    from organizacion.models import Jurisdiccion

    Jurisdiccion.objects.get_or_create(centro=entidad.centro, provincia=entidad.distrito.provincia)
    vuelta = ensayar(subir(contenido, coordinadora, tipo=tipo, nombre=f"x.{formato}"), coordinadora)
    assert vuelta.cuentas == {"igual": len(filas)}, list(vuelta.renglones.values_list("motivos", "cambios"))


def test_las_pantallas_llevan_de_subir_a_deshacer(entidad, client, coordinadora):
    client.force_login(coordinadora)
    archivo = SimpleUploadedFile("lista.csv", lista(ROSA, ROSA.replace("01234567", "1")).encode())
    respuesta = client.post(reverse("directorio_importar"), {"tipo": "operador", "archivo": archivo})
    importacion = Importacion.objects.get()
    pagina = client.get(respuesta.url).text
    assert "Comentario" in pagina
    columnas = {f"columna-{n}": importacion.mapeo.get(e, "") for n, e in enumerate(importacion.encabezados)}
    ensayada = client.post(respuesta.url, columnas, follow=True)
    assert "No se importan estas columnas: Comentario" in ensayada.text
    assert "01234567" not in ensayada.text
    malas = client.post(reverse("directorio_importacion_errores", args=[importacion.pk]), PARA_ALGO)
    assert malas["Content-Disposition"].endswith('.xlsx"')
    visto = {"columnas": ensayada.context["columnas"]}
    guardada = client.post(reverse("directorio_importacion_confirmar", args=[importacion.pk]), visto, follow=True)
    assert "Se guardó en el directorio" in guardada.text
    deshecha = client.post(reverse("directorio_importacion_deshacer", args=[importacion.pk]), follow=True)
    assert "Se deshizo" in deshecha.text
    assert not Operador.objects.exists()


def test_la_importacion_de_otro_centro_no_existe(entidad, client, coordinadora):
    importacion = subir(lista(ROSA), coordinadora)
    client.force_login(personas.con_rol("coordinador.arequipa", Rol.COORDINADOR, centro=personas.arequipa()))
    assert client.get(reverse("directorio_importacion_columnas", args=[importacion.pk])).status_code == 404


@pytest.mark.parametrize("contenido", [b"", b"\x00\x01", b"PK\x03\x04basura", b"a;a\n1;2", b'a;b\n"1;2'])
def test_un_archivo_malo_se_rechaza_con_su_razon(entidad, client, coordinadora, contenido):
    client.force_login(coordinadora)
    archivo = SimpleUploadedFile("x.csv", contenido)
    respuesta = client.post(reverse("directorio_importar"), {"tipo": "operador", "archivo": archivo})
    assert respuesta.status_code == 200
    assert respuesta.context["form"].errors["archivo"]
    assert not Importacion.objects.exists()


def test_un_dni_que_excel_guardo_como_numero_recupera_su_cero(entidad, coordinadora):
    libro, salida = Workbook(), io.BytesIO()
    libro.active.append(["DNI", "Apellidos", "Nombres", "SIAF"])
    libro.active.append([1234567, "Quispe", "Rosa", 123])
    libro.save(salida)
    importar(salida.getvalue(), coordinadora, nombre="x.xlsx")
    assert Operador.objects.get().persona.numero_documento == "01234567"


@pytest.mark.parametrize(("rol", "puede"), [(Rol.COORDINADOR, True), (Rol.ESPECIALISTA, False), (Rol.ASISTENTE, False)])
def test_exportar_pide_permiso_y_motivo_y_deja_huella(entidad, client, cusco, rol, puede):
    OperadorFactory(entidad=entidad)
    usuario = personas.con_rol(f"u.{rol}", rol, centro=cusco)
    client.force_login(usuario)
    datos = PARA_ALGO | {"columnas": ["apellidos", "nombres"], "formato": "csv"}
    respuesta = client.post(reverse("directorio_exportar", args=["operador"]), datos)
    lista = client.post(reverse("directorio_operador_modeladmin_index") + "?export=csv", PARA_ALGO)
    assert ("attachment" in respuesta.get("Content-Disposition", "")) is puede
    assert ("attachment" in lista.get("Content-Disposition", "")) is puede
    assert Huella.objects.filter(accion="exportar").count() == (2 if puede else 0)
    if puede:
        sin_motivo = client.post(reverse("directorio_exportar", args=["operador"]), datos | {"motivo": ""})
        assert "Content-Disposition" not in sin_motivo.headers


def test_los_resultados_caben_en_su_columna():
    assert max(map(len, RenglonDeImportacion.Resultado.values)) <= 10
