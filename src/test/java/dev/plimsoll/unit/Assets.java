package dev.plimsoll.unit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The assets of our own file, for tests. */
public final class Assets {
    private Assets() {}

    public static AssetRegistry registry() {
        return new AssetRegistry(ours());
    }

    public static List<AssetInfo> ours() {
        try (var file = Assets.class.getResourceAsStream("/assets.json")) {
            return AssetsJson.read("assets.json", new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
