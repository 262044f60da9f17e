package dev.plimsoll.unit;

/** An asset file that cannot be used; the message names the file, the asset and the field. */
public final class BadAssetFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadAssetFile(String message) {
        super(message);
    }
}
