package dev.plimsoll.ops.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom, and how, this machine lets us start a server that ends with us.
 *
 * <p>PostgreSQL refuses root and users without a name. Root becomes the data's owner (nobody for new data), keeping the right
 * to pass through folders closed to others; a nameless user gets a user namespace, in which the name is known. Where the
 * system has {@code setpriv}, the kernel signals the server when the thread that started it ends, so not even {@code kill -9}
 * leaves it behind; elsewhere a shutdown hook and the next start clean up.
 */
final class ServerUser {
    private static final int NOBODY = 65_534;

    private final long uid;
    private final boolean nameless;
    private final boolean setpriv;
    private final boolean becomes;
    private final boolean ownSession;

    private ServerUser() {
        var system = new UnixSystem();
        uid = system.getUid();
        nameless = system.getUsername() == null || system.getUsername().isBlank();
        setpriv = Commands.succeeds("setpriv", "--pdeathsig", "INT", "true");
        becomes = uid == 0 && setpriv && Commands.succeeds(become(NOBODY, "true"));
        ownSession = Commands.succeeds("setsid", "true");
    }

    static ServerUser present() {
        return new ServerUser();
    }

    /** Whether a server of ours ends by itself when this process does. */
    boolean diesWithUs() {
        return setpriv;
    }

    /** A command PostgreSQL will accept its caller of, working on this folder. */
    List<String> command(Path folder, String... command) {
        return wrapped(folder, List.of(), command);
    }

    /** A server that gets the signal when the starting thread ends, and not the terminal's Ctrl-C. */
    List<String> server(Path folder, String signal, String... command) {
        var line = new ArrayList<String>();
        if (ownSession) {
            line.add("setsid");
        }
        line.addAll(wrapped(folder, setpriv ? List.of("setpriv", "--pdeathsig", signal) : List.of(), command));
        return line;
    }

    /** Like {@link #server}, for one that does not mind being root. */
    List<String> plainServer(String signal, String... command) {
        var line = new ArrayList<String>();
        if (ownSession) {
            line.add("setsid");
        }
        if (setpriv) {
            line.addAll(List.of("setpriv", "--pdeathsig", signal));
        }
        line.addAll(List.of(command));
        return line;
    }

    /** Makes the tree belong to whom the server will run as. */
    void own(Path folder) throws IOException {
        if (!becomes || owner(folder) != 0) {
            return;
        }
        try (var tree = Files.walk(folder)) {
            tree.forEach(file -> set(file, NOBODY));
        }
    }

    private List<String> wrapped(Path folder, List<String> dying, String... command) {
        var line = new ArrayList<String>();
        if (becomes) {
            line.addAll(List.of(become(owner(folder))));
        } else if (uid == 0 || nameless) {
            line.addAll(List.of("unshare", "-U"));
        }
        line.addAll(dying); // after the change of user, which would undo it
        line.addAll(List.of(command));
        return line;
    }

    /** Without the security bit access(2) would not count the kept right, and initdb asks that. */
    private static String[] become(long owner, String... command) {
        var who = owner == 0 ? NOBODY : owner;
        var line = new ArrayList<>(List.of(
                "setpriv",
                "--securebits=+no_setuid_fixup",
                "--reuid=" + who,
                "--regid=" + who,
                "--clear-groups",
                "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override"));
        line.addAll(List.of(command));
        return line.toArray(String[]::new);
    }

    private static long owner(Path folder) {
        try {
            return Integer.toUnsignedLong((int) Files.getAttribute(folder, "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void set(Path file, int owner) {
        try {
            Files.setAttribute(file, "unix:uid", owner);
            Files.setAttribute(file, "unix:gid", owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
