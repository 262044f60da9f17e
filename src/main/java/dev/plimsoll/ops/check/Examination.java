package dev.plimsoll.ops.check;

import dev.plimsoll.account.seal.MasterKeyFile;
import dev.plimsoll.delivery.mail.MailConfig;
import dev.plimsoll.ops.Database;
import dev.plimsoll.wire.WireConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** All that is looked at, in the order of what stands on what. */
public record Examination(
        Config config,
        Path folder,
        Database database,
        Redis redis,
        ReplicasCheck replicas,
        WireConfig wire,
        MailConfig mail,
        Clock clock) {
    private static final String PROXY = "plimsoll.wire.proxy-url";

    /**
     * Where Redis is; the password may also stand in the URL.
     *
     * @param authority the PEM file of who signed its certificate; empty where Java trusts them anyway
     */
    public record Redis(URI url, Optional<String> password, Optional<Path> authority) {
        @Override
        public String toString() {
            return "Redis[host=" + url.getHost() + "]";
        }
    }

    private MasterKeyFile masterKeys() {
        return MasterKeyFile.of(config.getOptionalValue(MasterKeyFile.SETTING, Path.class), folder);
    }

    public List<Finding> findings() {
        return Stream.of(
                        KnownSettings.findings(config),
                        Stream.of(new DiskCheck(folder).finding()),
                        new DatabaseCheck(database).findings().stream(),
                        Stream.of(new PoolerCheck(database).finding()),
                        new SchemaCheck(database, clock).findings().stream(),
                        Stream.of(new MasterKeyCheck(database, masterKeys()).finding()),
                        Stream.of(new RedisCheck(redis).finding()),
                        Stream.of(replicas.finding(database)),
                        Stream.of(egress()),
                        new SourcesCheck(config, wire).findings().stream(),
                        Stream.of(new MailCheck(config, mail).finding()),
                        new TelegramCheck(config, wire).findings().stream(),
                        new IdentifiersCheck(database).findings().stream(),
                        Stream.of(new ProvisioningCheck(config).finding()),
                        Stream.of(new DeadManCheck(config).finding()))
                .flatMap(findings -> findings)
                .toList();
    }

    private Finding egress() {
        var proxy = config.getOptionalValue(PROXY, String.class).map(URI::create);
        return new EgressCheck(new SourcesCheck(config, wire).places(), proxy).finding();
    }
}
