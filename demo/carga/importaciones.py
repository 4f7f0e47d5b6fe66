"""Dos importaciones de Cusco (R114): una guardada, con una fila que no entró, y otra ensayada, por confirmar."""

from django.core.files.uploadedfile import SimpleUploadedFile

from comun.exportar import a_csv
from custodia.archivos import borrar_archivo
from directorio.importacion.acciones import ensayar, huella_de, subir
from directorio.importacion.guardar import confirmar
from directorio.models import ColumnasRecordadas, Entidad, Importacion, Operador, RenglonDeImportacion
from organizacion.models import Usuario

from .azar import Azar, celular_inventado
from .marcas import marcar

ENCABEZADOS = ["Apellidos", "Nombres", "Ubigeo", "Entidad", "Puesto", "Celular", "E-mail", "Observaciones"]
GUARDADAS, POR_CONFIRMAR = 12, 7
CELULARES = 60_000


def cargar_importaciones_del_directorio(carga) -> None:
    """Después de los operadores y las cuentas."""
    por = Usuario.objects.get(username="coordinador.cusco")
    filas = _filas(Azar(57), GUARDADAS + POR_CONFIRMAR)
    mala = ["Huamán Ccori", "Elsa", "080101", "Municipalidad que ya no existe", "Tesorera", "", "", ""]
    hecha = _ensayada("operadores-de-cusco.csv", [*filas[:GUARDADAS], mala], por)
    hecha = confirmar(importacion=hecha, por=por)
    nuevas = hecha.renglones.filter(resultado=RenglonDeImportacion.Resultado.NUEVA).values("objeto")
    marcar(carga, Operador.objects.filter(pk__in=nuevas))
    cambiada = [*filas[0][:4], "Jefe de abastecimiento", *filas[0][5:]]
    sin_celular = [*filas[-1][:5], "no tiene", *filas[-1][6:]]
    _ensayada("operadores-de-cusco-segunda-lista.csv", [cambiada, *filas[1 : GUARDADAS + 5], sin_celular], por)


def _filas(azar, cuantas: int) -> list[list[str]]:
    entidades = Entidad.objects.filter(centro__slug="cusco", esta_activa=True).order_by("-pk")[:cuantas]
    return [
        [
            *reversed(azar.nombre()),
            entidad.distrito_id,
            entidad.nombre,
            "Responsable de almacén",
            celular_inventado(CELULARES + n),
            f"almacen{n}@entidad.example",
            "",
        ]
        for n, entidad in enumerate(entidades)
    ]


def _ensayada(nombre: str, filas, por) -> Importacion:
    archivo = SimpleUploadedFile(nombre, a_csv(ENCABEZADOS, filas))
    importacion = subir(tipo=Importacion.Tipo.OPERADOR, archivo=archivo, por=por)
    return ensayar(importacion=importacion, mapeo=importacion.mapeo, borra_vacias=False, por=por)


def quitar_importaciones_del_directorio(carga) -> None:
    """También las que alguien probó mientras duró la demostración."""
    for importacion in Importacion.objects.filter(subida_en__gte=carga.hecha_en).select_related("archivo"):
        archivo = importacion.archivo
        importacion.delete()
        if archivo:
            borrar_archivo(archivo)
    ColumnasRecordadas.objects.filter(huella=huella_de(ENCABEZADOS)).delete()
