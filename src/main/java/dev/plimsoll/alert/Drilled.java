package dev.plimsoll.alert;

/**
 * What a drill plays. Its notices go where those of an alert would, and sound like them, but are of types of their own, so
 * that no program takes one for an alert: {@code drill.firing} plays {@code alert.firing}.
 */
public final class Drilled {
    private static final String DRILL = "drill.";
    private static final String ALERT = "alert.";

    private Drilled() {}

    public static boolean is(String type) {
        return type.startsWith(DRILL);
    }

    /** The type of alert that it plays; of no drill the same. */
    public static String played(String type) {
        return is(type) ? ALERT + type.substring(DRILL.length()) : type;
    }

    /** The type of drill that plays it. @param type of an alert */
    public static String playing(String type) {
        return DRILL + type.substring(ALERT.length());
    }
}
