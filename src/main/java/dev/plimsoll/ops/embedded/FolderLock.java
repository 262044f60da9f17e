package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Held by the one Plimsoll that uses a data folder, until its process ends, however it ends. */
public final class FolderLock {
    private static final String NAME = "lock";
    private static final String REMEMBERED = "dev.plimsoll.lock:";

    /** A channel that is garbage releases its lock. */
    private static final List<FileLock> HELD = new CopyOnWriteArrayList<>();

    private FolderLock() {}

    static void take(DataFolder folder) {
        try {
            if (ours(folder)) {
                throw taken(folder);
            }
            hold(folder);
        } catch (AccessDeniedException e) {
            throw new Refused(
                    ("The data folder %s belongs to another user: run as that user, or set plimsoll.ops.data-dir to a"
                                    + " folder of your own.")
                            .formatted(folder.path()),
                    e);
        } catch (IOException e) {
            throw new Refused(
                    "The lock in the data folder %s cannot be taken (%s): is the disk full, or mounted read-only?"
                            .formatted(folder.path(), e.getMessage()),
                    e);
        }
    }

    private static void hold(DataFolder folder) throws IOException {
        var channel = open(folder);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw taken(folder);
        }
        HELD.add(lock);
        System.setProperty(REMEMBERED + folder.path(), "held");
    }

    /** Whether some Plimsoll, this process or another, is using the folder now. */
    public static boolean held(DataFolder folder) throws IOException {
        if (ours(folder)) {
            return true; // opening and closing the file would release our own lock
        }
        try (var channel = open(folder)) {
            return channel.tryLock() == null;
        }
    }

    private static boolean ours(DataFolder folder) {
        return System.getProperty(REMEMBERED + folder.path()) != null;
    }

    private static FileChannel open(DataFolder folder) throws IOException {
        return FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Refused taken(DataFolder folder) {
        return new Refused(
                ("Another Plimsoll is running on the data folder %s: stop it, or give this one a folder of its"
                                + " own with plimsoll.ops.data-dir.")
                        .formatted(folder.path()));
    }
}
