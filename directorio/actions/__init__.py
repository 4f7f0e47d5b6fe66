from .acceso import (
    AccesoImposible,
    cerrar_cuentas_de_cesados,
    dar_acceso,
    invitar,
    quitar_acceso,
)
from .autoridad import que_terminan, terminar_periodo
from .escritas import YA_VINCULADA, crear_desde_escritas, vincular_escritas
from .jurisdiccion import (
    anular_traspaso,
    entidades_que_pasan,
    pasar_entidades_de_hoy,
    pasar_provincia,
    revisar_traspaso,
)
from .nombres import guardar_nombre_de_antes, refrescar_su_gente, renombrar_centro, renombrar_entidad
from .operador import (
    cerrar_puesto_de_operador,
    corregir_puesto_de_operador,
    dejar_de_trabajar,
    dejar_un_puesto_abierto,
    trasladar_operador,
)
from .puestos import (
    DEL_PUESTO,
    anular_cambio_programado,
    cambiar_de_puesto,
    corregir_puesto,
    poner_puestos_de_hoy,
    puesto_actual,
    quien_mas_lo_ocupa,
)
from .rechazos import CambioImposible

__all__ = [
    "AccesoImposible",
    "DEL_PUESTO",
    "YA_VINCULADA",
    "CambioImposible",
    "anular_cambio_programado",
    "anular_traspaso",
    "cambiar_de_puesto",
    "cerrar_puesto_de_operador",
    "corregir_puesto",
    "crear_desde_escritas",
    "vincular_escritas",
    "corregir_puesto_de_operador",
    "dejar_de_trabajar",
    "dejar_un_puesto_abierto",
    "entidades_que_pasan",
    "guardar_nombre_de_antes",
    "pasar_entidades_de_hoy",
    "pasar_provincia",
    "poner_puestos_de_hoy",
    "puesto_actual",
    "quien_mas_lo_ocupa",
    "que_terminan",
    "refrescar_su_gente",
    "renombrar_centro",
    "renombrar_entidad",
    "revisar_traspaso",
    "terminar_periodo",
    "trasladar_operador",
    "cerrar_cuentas_de_cesados",
    "dar_acceso",
    "invitar",
    "quitar_acceso",
]
