package dev.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BadAssetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetFileTest {
    private static final String SOL = """
            {"assets": [{"symbol": "SOL", "name": "Solana", "class": "alt", "decimals": 9,
              "identifiers": {"coinbase": {"id": "SOL-USD", "quotedIn": "USD"}},
              "bounds": {"low": "1", "high": "5000"}}]}""";

    @TempDir
    Path folder;

    @Test
    void withoutAnOperatorsFileTheAssetsAreOurs() {
        assertThat(new AssetFile().assets(OracleConfigs.of(Map.of())).all()).hasSize(21);
    }

    @Test
    void theOperatorsFileAddsToOurs() throws IOException {
        var path = Files.writeString(folder.resolve("mine.json"), SOL);

        var registry = new AssetFile().assets(OracleConfigs.of(Map.of("assets-file", path.toString())));

        assertThat(registry.all()).hasSize(22);
        assertThat(registry.find("sol")).contains(new Asset("SOL"));
    }

    @Test
    void aFileThatIsNotThereIsNamedWithItsSetting() {
        var missing = OracleConfigs.of(
                Map.of("assets-file", folder.resolve("none.json").toString()));

        assertThatThrownBy(() -> new AssetFile().assets(missing))
                .isInstanceOf(BadAssetFile.class)
                .hasMessageContaining("none.json (plimsoll.oracle.assets-file) cannot be read");
    }
}
