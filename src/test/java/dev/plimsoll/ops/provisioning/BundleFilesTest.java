package dev.plimsoll.ops.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFilesTest {
    @TempDir
    Path folder;

    @Test
    void everyFileOfAFolderIsReadInTheOrderOfItsNameButForWhatKubernetesKeepsBeside() throws IOException {
        write("b.json", "{\"accounts\":[{\"key\":\"b\"}]}");
        write("a.yaml", "accounts:\n  - key: a1\n  - key: a2\n");
        write("notes.txt", "no bundle");
        Files.createDirectory(folder.resolve("..2026_11_21"));
        write("..2026_11_21/a.yaml", "accounts: [{key: again}]");

        assertThat(BundleFiles.accounts(folder))
                .extracting(written -> written.account().path("key").asText())
                .containsExactly("a1", "a2", "b");
    }

    @Test
    void aSecretStandsInAFileOfItsOwn() throws IOException {
        write("hook-url", "https://hooks.example.org/T0/secret\n");
        write("a.yaml", "accounts: [{key: a, channels: [{name: ops, url: {fromFile: hook-url}}]}]");

        var account = BundleFiles.accounts(folder.resolve("a.yaml")).getFirst().account();

        assertThat(account.at("/channels/0/url").asText()).isEqualTo("https://hooks.example.org/T0/secret");
    }

    @Test
    void whatCannotBeReadIsToldWithItsFile() throws IOException {
        write("broken.yaml", "accounts: [");
        write("other.yaml", "acounts: []");
        write("missing.yaml", "accounts: [{key: {fromFile: nowhere}}]");

        assertThatThrownBy(() -> BundleFiles.accounts(folder.resolve("broken.yaml")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("broken.yaml")
                .hasMessageContaining("not YAML");
        assertThatThrownBy(() -> BundleFiles.accounts(folder.resolve("other.yaml")))
                .hasMessageContaining("'acounts' is not known");
        assertThatThrownBy(() -> BundleFiles.accounts(folder.resolve("missing.yaml")))
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> BundleFiles.accounts(folder.resolve("gone.yaml")))
                .hasMessageContaining("gone.yaml");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
