"""Entrar, «Mi cuenta», el segundo factor y las sesiones; y cuidar las cuentas de los demás."""

from .quien import CON_CUENTA, PUBLICO, con, grupo

# A medio entrar todavía no hay cuenta: mostrar el segundo factor, la llave y la contraseña nueva.
ACCESOS = [
    grupo("ruta:intranet/login/ ruta:^intranet/password_reset(?:/.*)?$ ruta:_util/login/", PUBLICO),
    grupo("login logout reset_password reset_password_done reset_password_from_key", PUBLICO, de="account_"),
    grupo("mfa_authenticate mfa_login_webauthn", PUBLICO),
    # La página pregunta cuánto le queda a la sesión, también cuando ya no hay.
    grupo("acceso_sesion acceso_seguir", PUBLICO),
    grupo("acceso_mi_cuenta acceso_enrolar usersessions_list acceso_cerrar_sesion acceso_cerrar_las_demas", CON_CUENTA),
    grupo("account_change_password account_reauthenticate", CON_CUENTA),
    grupo("index reauthenticate reauthenticate_webauthn activate_totp deactivate_totp", CON_CUENTA, de="mfa_"),
    grupo("add_webauthn edit_webauthn remove_webauthn", CON_CUENTA, de="mfa_"),
    grupo("view_recovery_codes generate_recovery_codes download_recovery_codes", CON_CUENTA, de="mfa_"),
    # Lo que alguien escribía cuando su sesión se cerró: lo suyo.
    grupo("acceso_texto acceso_texto_enviar acceso_texto_tomar acceso_texto_descartar", CON_CUENTA),
    grupo(
        "seguridad restablecer desbloquear cerrar_sesiones enviar_enlace",
        con("organizacion.usuario", "c"),
        de="acceso_",
    ),
]
