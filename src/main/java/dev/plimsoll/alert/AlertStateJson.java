package dev.plimsoll.alert;

/** {@link AlertState} as JSON text, for the store. Reads what later versions add without minding it. */
public final class AlertStateJson {
    private AlertStateJson() {}

    public static String write(AlertState state) {
        throw new UnsupportedOperationException("not written yet");
    }

    public static AlertState read(String json) {
        throw new UnsupportedOperationException("not written yet");
    }
}
