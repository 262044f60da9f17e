package dev.plimsoll.ops.provisioning;

import java.nio.file.Path;

/** Looks at the files without applying them. */
public final class ProvisioningFiles {
    private ProvisioningFiles() {}

    /** How many accounts they hold; refuses those that cannot be read. */
    public static int count(Path path) {
        return BundleFiles.accounts(path).size();
    }
}
