package dev.plimsoll.oracle;

import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.AssetsJson;
import dev.plimsoll.unit.BadAssetFile;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the assets at start: ours, then the operator's, which adds to ours and replaces what has the same symbol. */
class AssetFile {
    private static final String OURS = "/assets.json";

    @Produces
    @Singleton
    AssetRegistry assets(OracleConfig config) {
        return registry(config.assetsFile());
    }

    /** @throws BadAssetFile naming the file, the asset and the field */
    static AssetRegistry registry(Optional<Path> operators) {
        return new AssetRegistry(
                operators.map(path -> AssetsJson.merge(ours(), read(path))).orElseGet(AssetFile::ours));
    }

    private static List<AssetInfo> ours() {
        try (InputStream resource = AssetFile.class.getResourceAsStream(OURS)) {
            return AssetsJson.read("assets.json", new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<AssetInfo> read(Path path) {
        try {
            return AssetsJson.read(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new BadAssetFile("Asset file " + path + " (plimsoll.oracle.assets-file) cannot be read: "
                    + e.getClass().getSimpleName() + ".");
        }
    }
}
