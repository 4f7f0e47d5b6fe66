"""Personal inventado de cada centro y cuentas de demostración de cada rol."""

from django.contrib.auth.hashers import make_password

from directorio.models import Personal
from organizacion.actions import asignar_rol
from organizacion.models import ROLES_DE_CENTRO, ROLES_DE_SISTEMA, Centro, Organo, Rol, Sistema, Usuario

from .azar import Azar, celular_inventado
from .marcas import marcar

CLAVE = "conectamef-demo"
CENTROS_CON_CUENTAS = ("cusco", "arequipa")
_SIN_ACENTO = str.maketrans("áéíóúñüÁÉÍÓÚÑÜ ", "aeiounuAEIOUNU.")


def cargar_personal(carga) -> list[Personal]:
    """Los ocho puestos de R2 en cada centro y un Responsable Técnico por sistema (R17)."""
    azar, filas = Azar(1), []
    sistemas = {s.slug: s for s in Sistema.objects.select_related("organo")}
    for centro in Centro.objects.order_by("slug"):
        puestos = [(Personal.Cargo.COORDINADOR, None), (Personal.Cargo.COORDINADOR_ADMINISTRATIVO, None)]
        puestos.append((Personal.Cargo.ASISTENTE, None))
        puestos += [(Personal.Cargo.ESPECIALISTA, s) for slug, s in sistemas.items() if slug != "aplicativos"]
        puestos.append((Personal.Cargo.IMPLANTADOR, sistemas["aplicativos"]))
        filas += [_miembro(azar, len(filas) + n, cargo, centro, sistema) for n, (cargo, sistema) in enumerate(puestos)]
    filas += [
        _miembro(azar, len(filas) + n, Personal.Cargo.RESPONSABLE_TECNICO, None, sistema)
        for n, sistema in enumerate(sistemas.values())
    ]
    filas.append(_miembro(azar, len(filas), Personal.Cargo.SEDE, None, None, Organo.objects.get(sigla="OGAUC")))
    Personal.objects.bulk_create(filas)
    marcar(carga, filas)
    return filas


def _miembro(azar, n, cargo, centro, sistema, organo=None):
    nombres, apellidos = azar.nombre()
    usuario = f"{nombres.split()[0]}.{apellidos.split()[0]}".translate(_SIN_ACENTO).lower()
    fila = Personal(
        nombres=nombres,
        apellidos=apellidos,
        cargo=cargo,
        centro=centro,
        sistema=sistema,
        organo=organo or (sistema.organo if sistema else None),
        correo=f"{usuario}{n}@conectamef.example",
        telefono=celular_inventado(n),
        anexo=f"{2000 + n}",
        desde="2024-01-02",
    )
    fila.refrescar_busqueda()
    return fila


def cargar_cuentas(carga) -> list[tuple[str, str]]:
    """Una cuenta por rol: los de centro, en Cusco y Arequipa. Devuelve pares (usuario, descripción)."""
    clave, cuentas = make_password(CLAVE), []
    presupuesto = Sistema.objects.get(slug="presupuesto")
    for rol in Rol:
        lugares = Centro.objects.filter(slug__in=CENTROS_CON_CUENTAS) if rol in ROLES_DE_CENTRO else [None]
        for centro in lugares:
            sistema = presupuesto if rol in (*ROLES_DE_SISTEMA, Rol.ESPECIALISTA) else None
            nombre = rol.value.replace("_", ".") + (f".{centro.slug}" if centro else "")
            usuario, es_nueva = Usuario.objects.get_or_create(
                username=nombre,
                defaults={
                    "password": clave,
                    "first_name": rol.label,
                    "last_name": centro.nombre if centro else "",
                    "email": f"{nombre}@conectamef.example",
                },
            )
            organo = Organo.objects.get(sigla="OSCE") if rol == Rol.ALIADO else None
            asignar_rol(usuario=usuario, rol=rol, centro=centro, sistema=sistema, organo=organo)
            if es_nueva:
                marcar(carga, [usuario])
                _enlazar_personal(usuario, rol, centro, sistema)
            cuentas.append((nombre, f"{rol.label}{f' – {centro}' if centro else ''}"))
    return cuentas


def _enlazar_personal(usuario, rol, centro, sistema):
    """La cuenta pertenece a la persona inventada que ocupa ese puesto."""
    if rol not in ROLES_DE_CENTRO:
        return
    miembros = Personal.objects.filter(cargo=rol, centro=centro, usuario__isnull=True)
    miembro = (miembros.filter(sistema=sistema) if sistema else miembros).first()
    if miembro:
        miembro.usuario = usuario
        miembro.save(update_fields=["usuario"])
        Usuario.objects.filter(pk=usuario.pk).update(first_name=miembro.nombres, last_name=miembro.apellidos)
