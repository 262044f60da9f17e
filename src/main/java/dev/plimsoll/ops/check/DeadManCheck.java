package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import dev.plimsoll.pipeline.DeadManUrl;
import org.eclipse.microprofile.config.Config;

/** Whether somebody outside notices when Plimsoll stops. Sends no ping: that would say that it runs. */
record DeadManCheck(Config config) {
    private static final String SUBJECT = "dead-man ping";
    private static final String SETTING = "plimsoll.pipeline.dead-man-url";

    Finding finding() {
        return config.getOptionalValue(SETTING, String.class)
                .map(DeadManCheck::finding)
                .orElseGet(() -> new Weak(
                        SUBJECT,
                        "nobody outside notices when Plimsoll stops: set " + SETTING
                                + " to the ping URL of a check, as of healthchecks.io."));
    }

    private static Finding finding(String said) {
        try {
            return new Fine(SUBJECT, "goes to " + DeadManUrl.of(said).url().getHost());
        } catch (IllegalArgumentException unusable) {
            return new Fault(SUBJECT, unusable.getMessage() + ".");
        }
    }
}
