package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {
    private static final long MEGABYTE = 1L << 20;

    @TempDir
    Path folder;

    @Test
    void saysHowMuchRoomThereIs() {
        var disk = new DiskCheck(folder);

        assertThat(disk.finding(5_000 * MEGABYTE)).isEqualTo(new Fine("disk", "5,000 MB free at " + folder));
        assertThat(disk.finding(1_000 * MEGABYTE)).isInstanceOf(Weak.class);
        assertThat(disk.finding(100 * MEGABYTE))
                .isEqualTo(new Fault(
                        "disk",
                        "Only 100 MB are free at " + folder + ": make room, a full disk holds up every alert."));
    }

    @Test
    void aFolderThatIsNotThereIsAFault() {
        assertThat(new DiskCheck(folder.resolve("gone")).finding())
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.sentence()).contains("plimsoll.ops.data-dir"));
    }
}
