package dev.plimsoll.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A package of an earlier revision of this repository, built in a work tree of its own below {@code target}.
 *
 * @param revision of git
 * @param jar      what is started
 */
record EarlierBuild(String revision, Path jar) {
    private static final String MIGRATIONS = "src/main/resources/db/migration";
    private static final Path TREE = Path.of("target", "earlier").toAbsolutePath();

    /**
     * The oldest one with the schema of today: before the first release that schema is edited in place, and what came before
     * the last edit cannot run beside this. Empty when that edit is the last thing that was committed.
     */
    static Optional<EarlierBuild> ofThisSchema() throws IOException, InterruptedException {
        var revision = said("git", "log", "-1", "--format=%H", "--", MIGRATIONS);
        return revision.equals(said("git", "rev-parse", "HEAD")) ? Optional.empty() : of(revision);
    }

    /** @param revision or the path of a packaged {@code quarkus-run.jar} */
    static Optional<EarlierBuild> of(String revision) throws IOException, InterruptedException {
        if (revision.endsWith(".jar")) {
            return Optional.of(new EarlierBuild(revision, Path.of(revision).toAbsolutePath()));
        }
        if (Files.exists(TREE)) {
            said("git", "worktree", "remove", "--force", TREE.toString());
        }
        said("git", "worktree", "add", "--detach", TREE.toString(), revision);
        said("mvn", "-q", "-B", "-f", TREE.resolve("pom.xml").toString(), "-Dmaven.test.skip=true", "package");
        return Optional.of(new EarlierBuild(
                said("git", "log", "-1", "--format=%h %s", revision),
                TREE.resolve("target/quarkus-app/quarkus-run.jar")));
    }

    private static String said(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
