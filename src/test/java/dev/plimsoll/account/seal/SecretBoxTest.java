package dev.plimsoll.account.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.unit.Ids;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
    private static final String URL = "https://hooks.example.com/services/T0/B0/TOKEN";

    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensForItsChannelOnlyAndShowsNothing() throws Exception {
        var box = box(folder);
        var channel = Ids.next();

        var sealed = box.seal(channel, URL);

        assertThat(box.open(channel, sealed)).isEqualTo(URL);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("TOKEN");
        assertThatThrownBy(() -> box.open(Ids.next(), sealed))
                .isInstanceOf(SecretBox.Unreadable.class)
                .hasMessageContaining("master-key-file")
                .hasNoCause();
    }

    @Test
    void theSameValueIsNeverSealedTheSameWay() throws Exception {
        var box = box(folder);
        var channel = Ids.next();

        assertThat(box.seal(channel, URL)).isNotEqualTo(box.seal(channel, URL));
    }

    @Test
    void theGeneratedKeyIsItsOwnersOnlyAndOutlivesTheProcess() throws Exception {
        var channel = Ids.next();
        var sealed = box(folder).seal(channel, URL);

        assertThat(box(folder).open(channel, sealed)).isEqualTo(URL);
        try (var files = Files.list(folder)) {
            var file = files.toList();
            assertThat(file).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getFirst())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void anotherMasterKeyOpensNothing(@TempDir Path other) throws Exception {
        var channel = Ids.next();
        var sealed = box(folder).seal(channel, URL);
        var stranger = box(other);

        assertThatThrownBy(() -> stranger.open(channel, sealed)).isInstanceOf(SecretBox.Unreadable.class);
    }

    @Test
    void aConfiguredFileThatIsNoKeysetIsNamed() throws Exception {
        var file = Files.writeString(folder.resolve("key"), "hunter2");

        assertThatThrownBy(() -> new MasterKey(Optional.of(file), folder))
                .isInstanceOf(MasterKeyFile.Unusable.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("hunter2");
    }

    private static SecretBox box(Path folder) throws Exception {
        return new SecretBox(new MasterKey(Optional.empty(), folder));
    }
}
