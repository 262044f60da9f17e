package dev.plimsoll.ops.check;

import dev.plimsoll.ops.Refused;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.provisioning.ProvisioningFiles;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;

/** Whether the files of provisioned accounts can be read. What is in them is checked when it is applied. */
record ProvisioningCheck(Config config) {
    private static final String SUBJECT = "provisioning";
    private static final String PATH = "plimsoll.provisioning.path";

    Finding finding() {
        return config.getOptionalValue(PATH, String.class)
                .map(Path::of)
                .map(ProvisioningCheck::look)
                .orElseGet(() -> new Fine(SUBJECT, "no account comes from a file; " + PATH + " names some"));
    }

    private static Finding look(Path path) {
        try {
            return new Fine(SUBJECT, "%d accounts in %s".formatted(ProvisioningFiles.count(path), path));
        } catch (Refused e) {
            return new Fault(SUBJECT, e.getMessage());
        }
    }
}
