package dev.plimsoll.house;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long every test waits for what must come: a busy machine, or a long pause of the JVM, fails none. Said once for tests
 * without an application and for each application's own class loader; found as a service.
 */
public final class Patience implements LauncherSessionListener, QuarkusTestBeforeClassCallback {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONG_ENOUGH);
    }

    @Override
    public void beforeClass(Class<?> testClass) {
        Awaitility.setDefaultTimeout(LONG_ENOUGH);
    }
}
