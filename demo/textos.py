"""Nombres, temas y textos inventados. Ninguno corresponde a una persona ni a un acto reales."""

NOMBRES = (
    "Rosa", "María Elena", "Juan Carlos", "Luz", "Pedro", "Carmen", "José Luis", "Ana", "Miguel Ángel", "Julia",
    "Víctor", "Norma", "Édgar", "Silvia", "Wilber", "Yesenia", "Hugo", "Gladys", "Raúl", "Nélida", "Óscar", "Flor",
    "César", "Maribel", "Rubén", "Elizabeth", "Walter", "Katherine", "Percy", "Milagros", "Freddy", "Delia",
)  # fmt: skip
APELLIDOS = (
    "Quispe", "Mamani", "Huamán", "Flores", "Condori", "Rojas", "Vargas", "Ccahuana", "Núñez", "Paredes", "Salas",
    "Choque", "Ramos", "Gutiérrez", "Apaza", "Chávez", "Ttito", "Palomino", "Cárdenas", "Zárate", "Llanos", "Yupanqui",
    "Inga", "Tello", "Aguilar", "Peña", "Cusi", "Bravo", "Marín", "Soto", "Valdivia", "Acuña",
)  # fmt: skip
CARGOS = (
    "Jefa de Presupuesto", "Tesorero", "Contadora", "Gerente Municipal", "Responsable de la OPMI",
    "Jefe de Administración", "Especialista SIAF", "Asistente de Tesorería", "Jefa de Contabilidad", "Regidor",
    "Formulador de proyectos", "Subgerente de Planeamiento",
)  # fmt: skip

# sistema -> (título, tipo, objetivo)
TEMAS = {
    "contabilidad": (
        ("Cierre contable mensual en el SIAF", "basica", "Registrar y conciliar las operaciones del mes sin observaciones."),
        ("Conciliación del marco legal del presupuesto", "especializada", "Conciliar el marco legal y elaborar su acta."),
        ("Nuevas normas internacionales de contabilidad del sector público", "informativa", "Conocer las normas que rigen desde este año."),
        ("Estados financieros y notas", "especializada", "Elaborar los estados financieros con sus notas."),
    ),
    "endeudamiento-y-tesoro": (
        ("Conciliación de cuentas de enlace", "especializada", "Conciliar las cuentas de enlace con el Tesoro Público."),
        ("Ejecución del gasto: compromiso, devengado y girado", "basica", "Distinguir y registrar cada fase del gasto."),
        ("Directiva de tesorería: lo que cambia", "informativa", "Conocer los cambios de la directiva de tesorería."),
        ("Endeudamiento de los gobiernos locales", "especializada", "Calcular la capacidad de endeudamiento de la entidad."),
    ),
    "presupuesto": (
        ("Formulación presupuestaria anual", "basica", "Formular el presupuesto de la entidad con sus metas."),
        ("Modificaciones presupuestarias en el nivel funcional programático", "especializada", "Sustentar y registrar modificaciones."),
        ("Programa de incentivos: metas del año", "informativa", "Conocer las metas y sus plazos."),
        ("Evaluación presupuestaria semestral", "basica", "Evaluar el avance físico y financiero de las metas."),
    ),
    "inversion": (
        ("Programación multianual de inversiones", "basica", "Elaborar la cartera de inversiones de la entidad."),
        ("Formulación de fichas técnicas simplificadas", "especializada", "Formular una ficha técnica con criterios de aprobación."),
        ("Seguimiento de la cartera de inversiones", "basica", "Registrar y analizar el avance de la cartera."),
        ("Cierre de inversiones", "especializada", "Cerrar una inversión y registrar su informe."),
    ),
    "aplicativos": (
        ("Módulo administrativo del SIAF para principiantes", "basica", "Registrar una operación de principio a fin."),
        ("Instalación y copias de respaldo del SIAF", "especializada", "Instalar el aplicativo y asegurar sus datos."),
        ("Firma electrónica en los aplicativos del MEF", "informativa", "Conocer cómo se firma y quién firma."),
        ("Conciliación bancaria en el SIAF", "basica", "Conciliar las cuentas bancarias en el aplicativo."),
    ),
}  # fmt: skip

COMENTARIOS_TEMAS = ("Cierre contable.", "Contrataciones.", "Más casos prácticos del SIAF.", "Inversión pública.", "")
COMENTARIOS_MEJORA = (
    "Más tiempo para preguntas.",
    "Enviar el material antes.",
    "Que sea también por la tarde.",
    "",
    "",
)

NOTICIAS = (
    ("Los centros amplían su horario de atención telefónica", "Desde este mes las consultas por teléfono se atienden también a mediodía."),
    ("Más capacitaciones virtuales para los distritos alejados", "Uno de cada cuatro eventos del trimestre podrá seguirse por internet."),
    ("Nuevo material de consulta sobre modificaciones presupuestarias", "El material reúne los casos que más se preguntan en los centros."),
    ("Asistencia técnica en el cierre del ejercicio", "Los especialistas acompañan a las entidades en el cierre contable y presupuestario."),
)  # fmt: skip
COMUNICADOS = (
    "Plazo para la conciliación del marco legal del presupuesto",
    "Mantenimiento programado del aplicativo SIAF",
    "Cronograma de cierre mensual de operaciones",
    "Registro de la cartera de inversiones",
    "Horario de atención por feriado regional",
    "Actualización de la versión del aplicativo",
    "Remisión de la información financiera y presupuestaria",
    "Presentación de solicitudes de capacitación",
    "Cronograma de pagos del mes",
    "Requisitos para la asistencia técnica presencial",
)
